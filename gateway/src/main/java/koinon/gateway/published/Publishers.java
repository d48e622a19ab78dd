package koinon.gateway.published;

import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/// The services whose events the gateway reads.
public interface Publishers {

    /// A service could not be asked, or its answer broke off.
    final class Away extends Exception {

        private static final long serialVersionUID = 1;

        public Away(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /// The names of the services.
    Set<String> names();

    /// Every aggregate of a service, handed over one by one.
    ///
    /// @throws Away when not all of them could be had
    void all(String service, Consumer<PublishedAggregate> each) throws Away;

    /// Those of these aggregates that a service has.
    ///
    /// @param ids `<aggregate>/<id>`, as many as you like
    /// @throws Away when not all of them could be had
    void some(String service, Collection<String> ids, Consumer<PublishedAggregate> each) throws Away;
}
