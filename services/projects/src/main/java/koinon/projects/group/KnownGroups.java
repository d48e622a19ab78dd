package koinon.projects.group;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.Repository;

/// The replicas of groups.
public interface KnownGroups extends Repository<KnownGroup, String> {

    List<KnownGroup> findByIdIn(Collection<String> ids);
}
