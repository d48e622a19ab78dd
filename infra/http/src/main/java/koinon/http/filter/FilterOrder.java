package koinon.http.filter;

import org.springframework.core.Ordered;

/// The order of the servlet filters of all modules, first to last. Spring's filter of observations has the order
/// `HIGHEST_PRECEDENCE + 1`, and Spring Security that of -100.
public enum FilterOrder {
    /// Turns a session into a token, so that whatever looks at the token sees it. It has the order of the next one,
    /// because there is none before that, and precedes it because it is a registration and not a bean of its own.
    SESSION(Ordered.HIGHEST_PRECEDENCE),
    /// Answers what is ready in memory. Before the observations, which cost more than the answer.
    FAST_PATH(Ordered.HIGHEST_PRECEDENCE),
    /// Must be outside of every filter that writes headers after the request was handled.
    ASYNC_HANDOVER(Ordered.HIGHEST_PRECEDENCE + 2),
    /// Around everything that refuses, so that the pages of other sites can read why.
    CROSS_ORIGIN(Ordered.HIGHEST_PRECEDENCE + 3),
    /// Before anything takes time.
    STALL_GUARD(Ordered.HIGHEST_PRECEDENCE + 4),
    /// Before anything that logs.
    TRACE(Ordered.HIGHEST_PRECEDENCE + 5),
    /// Before anything refuses, so that malformed requests count too.
    RATE_LIMIT(Ordered.HIGHEST_PRECEDENCE + 6),
    /// Before anything acts on a header.
    HEADERS(Ordered.HIGHEST_PRECEDENCE + 8),
    /// Pages and their files are for everybody: before the check of tokens, and whatever media type is accepted.
    PAGES(Ordered.HIGHEST_PRECEDENCE + 9),
    /// Before a body is read: 415 and 406 are the first refusals.
    MEDIA_TYPES(Ordered.HIGHEST_PRECEDENCE + 10),
    /// Before the filters that see each request once: a body that was awaited dispatches its request again.
    BODY(Ordered.HIGHEST_PRECEDENCE + 11),
    /// After the token was checked, because 401 comes before this 400.
    QUERY(0),
    /// Around the controllers that serve the read model.
    AS_OF(100);

    private final int order;

    FilterOrder(int order) {
        this.order = order;
    }

    /// As Spring orders filters: a lower number is further outside.
    public int order() {
        return order;
    }
}
