package koinon.funding.project;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/// The projects that funding knows of; agreements read by it.
public interface KnownProjects extends Repository<KnownProject, String> {

    Optional<KnownProject> findById(String id);
}
