package koinon.gateway.audience;

import org.jspecify.annotations.Nullable;

/// What belongs to a city or a funder, which always sees it.
@FunctionalInterface
public interface Owned {

    /// `city/<id>` or `funder/<id>`; absent while that is not known.
    @Nullable
    String owner();
}
