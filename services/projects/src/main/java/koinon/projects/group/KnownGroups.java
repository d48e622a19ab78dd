package koinon.projects.group;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.Repository;

/// The replicas of groups.
public interface KnownGroups extends Repository<KnownGroup, String> {

    List<KnownGroup> findByIdIn(Collection<String> ids);

    /// Those of these groups that are known; asks for nothing where none is named.
    default List<KnownGroup> named(Collection<String> ids) {
        return ids.isEmpty() ? List.of() : findByIdIn(ids);
    }
}
