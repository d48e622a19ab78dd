package koinon.gateway.audience;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody who reads about one project: all who are the same reader are shown the same.
///
/// @param audience how much of the project this reader is told
/// @param scopes for whom the reader acts, among those that take part in the project; empty for the network, which is
///     told everything
public record Reader(Audience audience, Set<String> scopes) {

    /// Somebody without a token.
    public static final Reader ANYONE = new Reader(Audience.PUBLIC, Set.of());

    /// Somebody who watches over the network.
    public static final Reader NETWORK = new Reader(Audience.NETWORK, Set.of());

    public Reader {
        scopes = Set.copyOf(scopes);
    }

    /// Whether the reader takes part in the project or watches over it.
    public boolean isInvolved() {
        return audience != Audience.PUBLIC;
    }

    /// Whether the reader acts for whom a fact belongs to.
    ///
    /// @param scope `city/<id>` or `funder/<id>`
    boolean actsFor(@Nullable String scope) {
        return scope != null && scopes.contains(scope);
    }
}
