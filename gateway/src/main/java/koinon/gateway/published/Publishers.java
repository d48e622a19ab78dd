package koinon.gateway.published;

import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/// The services whose events the gateway reads.
public interface Publishers {

    /// A service could not be asked, or its answer ended early.
    final class Unavailable extends Exception {

        private static final long serialVersionUID = 1;

        public Unavailable(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /// The names of the services.
    Set<String> names();

    /// Passes every aggregate of a service to a consumer.
    ///
    /// @throws Unavailable when not all aggregates could be read
    void all(String service, Consumer<PublishedAggregate> each) throws Unavailable;

    /// Passes those of the named aggregates that the service has to a consumer.
    ///
    /// @param ids `<aggregate>/<id>`, any number
    /// @throws Unavailable when not all aggregates could be read
    void some(String service, Collection<String> ids, Consumer<PublishedAggregate> each) throws Unavailable;
}
