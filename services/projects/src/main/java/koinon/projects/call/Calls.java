package koinon.projects.call;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/// The calls for proposals.
public interface Calls extends Repository<Call, String> {

    Optional<Call> findById(String id);

    /// The call of a proposal that is there, which therefore is there itself.
    default Call of(String id) {
        return findById(id).orElseThrow(() -> new IllegalStateException("There is no call " + id + "."));
    }
}
