package koinon.projects.fund;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.Repository;

/// The replicas of funds.
public interface KnownFunds extends Repository<KnownFund, String> {

    List<KnownFund> findByIdIn(Collection<String> ids);

    /// The funds of these funders.
    List<KnownFund> findByFunderIn(Collection<String> funders);
}
