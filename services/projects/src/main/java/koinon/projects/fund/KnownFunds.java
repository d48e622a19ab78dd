package koinon.projects.fund;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.Repository;

/// The funds that were heard of.
public interface KnownFunds extends Repository<KnownFund, String> {

    List<KnownFund> findByIdIn(Collection<String> ids);

    /// Those whose money is one of these funders'.
    List<KnownFund> findByFunderIn(Collection<String> funders);
}
