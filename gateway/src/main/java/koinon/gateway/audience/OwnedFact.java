package koinon.gateway.audience;

import org.jspecify.annotations.Nullable;

/// A component of a status that belongs to a city or a funder; the owner always sees it.
@FunctionalInterface
public interface OwnedFact {

    /// `city/<id>` or `funder/<id>`; absent while the owner is unknown.
    @Nullable
    String owner();
}
