package koinon.gateway.ready;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.picture.Reading;
import koinon.gateway.routing.Limits;
import koinon.gateway.status.Shown;
import koinon.gateway.status.Statuses;
import koinon.platform.model.By;
import koinon.platform.web.Callers;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Sends the status of one project, whose bytes are ready, before the chain of filters and controllers that costs ten
/// times as much (ADR 9).
///
/// It decides nothing by itself: where anything is not plain (a query, a token that was not checked a moment ago, a
/// status that the caller may not see or that is not there, too many requests) the request goes the usual way, which
/// answers it. What it does send is the same answer, to the last header.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ReadyStatus extends HttpFilter {

    private static final long serialVersionUID = 1;

    private static final String PATH = "/api/v1/status/projects/";
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,100}");

    private final transient Statuses statuses;
    private final transient Reading reading;
    private final transient Callers callers;
    private final transient Limits limits;
    private final transient Timer sent;
    private final transient Timer unchanged;

    ReadyStatus(Statuses statuses, Reading reading, Callers callers, Limits limits, MeterRegistry meters) {
        this.statuses = statuses;
        this.reading = reading;
        this.callers = callers;
        this.limits = limits;
        this.sent = timer(meters, "200", "SUCCESS");
        this.unchanged = timer(meters, "304", "REDIRECTION");
    }

    /// The meter of the usual way.
    private static Timer timer(MeterRegistry meters, String status, String outcome) {
        return Timer.builder("http.server.requests")
                .tags("error", "none", "exception", "none", "method", "GET")
                .tags("outcome", outcome, "status", status, "uri", PATH + "{id}")
                .register(meters);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long begin = System.nanoTime();
        Optional<Ready> ready = ready(request, response);
        if (ready.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        boolean same = ready.get().rendering().isAmong(request.getHeader(HttpHeaders.IF_NONE_MATCH));
        send(ready.get(), same, response);
        (same ? unchanged : sent).record(Duration.ofNanos(System.nanoTime() - begin));
    }

    private record Ready(Shown.Rendering rendering, String asOf) {}

    private Optional<Ready> ready(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        if (!path.startsWith(PATH) || !request.getMethod().equals("GET") || request.getQueryString() != null)
            return Optional.empty();
        String id = path.substring(PATH.length());
        if (!ID.matcher(id).matches() || !reading.isCaughtUp()) return Optional.empty();
        // Before looking: what is answered is never older than it says.
        String asOf = reading.asOfHeader();
        @Nullable By by = callers.known(request).orElse(null);
        @Nullable Shown shown = by == null ? null : statuses.find(id).orElse(null);
        if (by == null || shown == null) return Optional.empty();
        Reader reader = Caller.of(by.mandates()).to(shown.involved());
        if (!shown.isVisibleTo(reader)) return Optional.empty();
        @Nullable String subject = request.getHeader(HttpHeaders.AUTHORIZATION) == null ? null : by.actor();
        return limits.take(request, response, subject)
                ? Optional.of(new Ready(shown.rendering(reader), asOf))
                : Optional.empty();
    }

    private static void send(Ready ready, boolean same, HttpServletResponse response) throws IOException {
        byte[] bytes = ready.rendering().bytes();
        response.setHeader("Koinon-As-Of", ready.asOf());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-XSS-Protection", "0");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private");
        response.setHeader(HttpHeaders.VARY, "Authorization, Koinon-Mandate");
        response.setHeader(HttpHeaders.ETAG, ready.rendering().etag());
        if (same) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
