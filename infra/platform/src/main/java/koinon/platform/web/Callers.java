package koinon.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import koinon.platform.model.By;

/// Knows who sends a request. A controller just takes a [By] as an argument.
@FunctionalInterface
public interface Callers {

    /// Whoever sent it, with the mandates that hold today; `anonymous` without any where no token is needed.
    By of(HttpServletRequest request);

    /// The same before any check of the token, when that is certain without one: nobody, or whoever a token names
    /// that was good a moment ago. Empty when only the check can tell.
    default Optional<By> known(HttpServletRequest request) {
        return Optional.empty();
    }

    /// The subject of the token, which is verified now unless it was a moment ago; empty without a valid token.
    default Optional<String> verified(HttpServletRequest request) {
        return Optional.empty();
    }
}
