package koinon.projects.city;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/// The replicas of cities.
public interface KnownCities extends Repository<KnownCity, String> {

    Optional<KnownCity> findById(String id);

    List<KnownCity> findByIdIn(Collection<String> ids);
}
