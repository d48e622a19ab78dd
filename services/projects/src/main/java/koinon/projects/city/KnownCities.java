package koinon.projects.city;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import koinon.projects.group.KnownGroup;
import org.springframework.data.repository.Repository;

/// The replicas of cities.
public interface KnownCities extends Repository<KnownCity, String> {

    Optional<KnownCity> findById(String id);

    List<KnownCity> findByIdIn(Collection<String> ids);

    /// Those of these cities that are known, by id, with those of these groups that each is in.
    default Map<String, KnownCity> byId(Collection<String> ids, Collection<KnownGroup> groups) {
        return findByIdIn(ids).stream()
                .map(it -> it.in(groups))
                .collect(Collectors.toMap(KnownCity::id, Function.identity()));
    }
}
