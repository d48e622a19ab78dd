package koinon.projects.origin;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/// The replicas of ideas and gatherings.
public interface KnownOrigins extends Repository<KnownOrigin, String> {

    /// @param id `idea/<id>` or `gathering/<id>`
    Optional<KnownOrigin> findById(String id);
}
