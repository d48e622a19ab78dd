package koinon.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import koinon.platform.model.By;

/// Knows who sends a request. A controller just takes a [By] as an argument.
@FunctionalInterface
public interface Callers {

    /// Whoever sent it, with the mandates that hold today; `anonymous` without any where no token is needed.
    By of(HttpServletRequest request);
}
