package koinon.funding.city;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/// The replicas of cities, read by agreements.
public interface KnownCities extends Repository<KnownCity, String> {

    Optional<KnownCity> findById(String id);
}
