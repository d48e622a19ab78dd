package koinon.funding.project;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/// The replicas of projects, read by agreements.
public interface KnownProjects extends Repository<KnownProject, String> {

    Optional<KnownProject> findById(String id);
}
