package koinon.http.actor;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import koinon.eventing.actor.Actor;

/// Finds the actor of a request. A controller takes an [Actor] as an argument.
@FunctionalInterface
public interface ActorResolver {

    /// The caller with the mandates that are valid today; `anonymous` without mandates if there is no token and
    /// none is required.
    Actor of(HttpServletRequest request);

    /// The same before the token is checked: anonymous, or the subject of a token that was verified a moment ago.
    /// Empty if the token has to be checked first.
    default Optional<Actor> known(HttpServletRequest request) {
        return Optional.empty();
    }

    /// The subject of the token, which is verified unless that was done a moment ago; empty without a valid token.
    default Optional<String> verified(HttpServletRequest request) {
        return Optional.empty();
    }
}
