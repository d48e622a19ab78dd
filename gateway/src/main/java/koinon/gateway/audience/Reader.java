package koinon.gateway.audience;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A reader of one project. Equal readers get the same bytes.
///
/// @param audience the audience that the reader belongs to
/// @param scopes the reader's scopes among those that take part in the project; empty for the network, which sees
///     everything
public record Reader(Audience audience, Set<String> scopes) {

    /// A reader without a token.
    public static final Reader ANYONE = new Reader(Audience.PUBLIC, Set.of());

    /// A reader with a mandate for the network.
    public static final Reader NETWORK = new Reader(Audience.NETWORK, Set.of());

    public Reader {
        scopes = Set.copyOf(scopes);
    }

    /// Whether the reader takes part in the project or has a mandate for the network.
    public boolean isInvolved() {
        return audience != Audience.PUBLIC;
    }

    /// Whether the reader acts for a partner city.
    boolean actsForCity() {
        return scopes.stream().anyMatch(it -> it.startsWith("city/"));
    }

    /// Whether the reader acts for the owner of a fact.
    ///
    /// @param scope `city/<id>` or `funder/<id>`
    boolean actsFor(@Nullable String scope) {
        return scope != null && scopes.contains(scope);
    }
}
