package koinon.gateway.fastpath;

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
import koinon.eventing.actor.Actor;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.routing.CrossOriginFilter;
import koinon.gateway.routing.RateLimitFilter;
import koinon.gateway.status.RenderedStatus;
import koinon.gateway.status.Rendering;
import koinon.gateway.status.Statuses;
import koinon.http.actor.ActorResolver;
import koinon.http.condition.RequestConditions;
import koinon.http.filter.FilterOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// Answers a request for one status with rendered bytes, before the chain of filters and controllers that costs ten
/// times as much (ADR 9).
///
/// The filter makes no decision of its own. It passes every other request on to the chain: one with a query, with a
/// token that was not verified before, with conditions that refuse it, for a status that is missing or not visible to
/// the caller, or above the rate limit. Its answer equals the chain's answer, including the headers.
@Component
class StatusFastPathFilter extends HttpFilter implements Ordered {

    private static final long serialVersionUID = 1;

    private static final String PATH = "/api/v1/status/projects/";
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,100}");

    private final transient Statuses statuses;
    private final transient CurrentReadModel currentReadModel;
    private final transient ActorResolver callers;
    private final transient RateLimitFilter limits;
    private final transient Timer sent;
    private final transient Timer unchanged;

    StatusFastPathFilter(
            Statuses statuses,
            CurrentReadModel currentReadModel,
            ActorResolver callers,
            RateLimitFilter limits,
            MeterRegistry meters) {
        this.statuses = statuses;
        this.currentReadModel = currentReadModel;
        this.callers = callers;
        this.limits = limits;
        this.sent = timer(meters, "200", "SUCCESS");
        this.unchanged = timer(meters, "304", "REDIRECTION");
    }

    /// The timer that the chain uses for the same request.
    private static Timer timer(MeterRegistry meters, String status, String outcome) {
        return Timer.builder("http.server.requests")
                .tags("error", "none", "exception", "none", "method", "GET")
                .tags("outcome", outcome, "status", status, "uri", PATH + "{id}")
                .register(meters);
    }

    @Override
    public int getOrder() {
        return FilterOrder.FAST_PATH.order();
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
        boolean same = ready.get().same();
        send(ready.get(), response);
        (same ? unchanged : sent).record(Duration.ofNanos(System.nanoTime() - begin));
    }

    /// @param same whether the caller has it already
    private record Ready(Rendering rendering, boolean same, String asOf) {}

    private Optional<Ready> ready(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        if (!path.startsWith(PATH) || !request.getMethod().equals("GET") || request.getQueryString() != null)
            return Optional.empty();
        String id = path.substring(PATH.length());
        if (!ID.matcher(id).matches() || !currentReadModel.isCaughtUp()) return Optional.empty();
        // Read before the status, so that the status is never older than the header says.
        String asOf = currentReadModel.asOfHeader();
        @Nullable Actor actor = callers.known(request).orElse(null);
        @Nullable
        RenderedStatus shown = actor == null ? null : statuses.find(id).orElse(null);
        if (actor == null || shown == null) return Optional.empty();
        Reader reader = Caller.of(actor.mandates()).to(shown.involved());
        if (!shown.isVisibleTo(reader)) return Optional.empty();
        Rendering rendering = shown.rendering(reader);
        RequestConditions.Outcome outcome = outcome(rendering, request);
        if (outcome == RequestConditions.Outcome.STALE) return Optional.empty();
        @Nullable String subject = request.getHeader(HttpHeaders.AUTHORIZATION) == null ? null : actor.id();
        return limits.take(request, response, subject)
                ? Optional.of(new Ready(rendering, outcome == RequestConditions.Outcome.UNCHANGED, asOf))
                : Optional.empty();
    }

    private static RequestConditions.Outcome outcome(Rendering rendering, HttpServletRequest request) {
        try {
            return rendering.outcome(RequestConditions.of(request));
        } catch (ValidationFailed _) {
            return RequestConditions.Outcome.STALE;
        }
    }

    private static void send(Ready ready, HttpServletResponse response) throws IOException {
        byte[] bytes = ready.rendering().bytes();
        response.setHeader("Koinon-As-Of", ready.asOf());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-XSS-Protection", "0");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private");
        response.setHeader(HttpHeaders.VARY, "Authorization, Cookie, Koinon-Mandate");
        response.setHeader(HttpHeaders.ETAG, ready.rendering().etag());
        CrossOriginFilter.admit(response);
        if (ready.same()) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
