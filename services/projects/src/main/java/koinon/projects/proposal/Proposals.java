package koinon.projects.proposal;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/// The proposals.
interface Proposals extends Repository<Proposal, String> {

    Optional<Proposal> findById(String id);
}
