package koinon.gateway.routing;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import koinon.platform.connection.ClientNetwork;
import koinon.platform.model.By;
import koinon.platform.web.Callers;
import koinon.platform.web.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// How often one caller may ask: whoever a token names that was valid a moment ago, or else the network of the
/// client. So a wrong token costs its sender a request, a new one too, and nobody spends another's share. Every answer
/// says how much of it is left, as draft-ietf-httpapi-ratelimit-headers-10 has it.
@Component
@Order(Limits.BEFORE_BODIES)
public final class Limits extends OncePerRequestFilter {

    static final int BEFORE_BODIES = Ordered.HIGHEST_PRECEDENCE + 5;

    private static final String CALLER = Limits.class.getName() + ".caller";

    private final Callers known;
    private final RateLimiterConfig config;
    private final String policy;
    private final Map<String, RateLimiter> callers;

    /// @param perSecond how many requests of one caller are taken each second
    /// @param callers how many callers are remembered; the one that asked longest ago is forgotten
    @ConfigurationProperties("koinon.limits")
    record Settings(
            @DefaultValue("500") int perSecond,
            @DefaultValue("10000") int callers) {}

    Limits(Settings settings, Callers known) {
        this.known = known;
        config = RateLimiterConfig.custom()
                .limitForPeriod(settings.perSecond())
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        policy = "\"caller\";q=" + settings.perSecond() + ";w=1";
        callers = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
                return size() > settings.callers();
            }
        });
    }

    /// Counts one more request of a caller, unless there have been too many, and says in the answer how many are
    /// left.
    ///
    /// @param subject of the caller's token, or null without one
    public boolean take(HttpServletRequest request, HttpServletResponse response, @Nullable String subject) {
        String caller = subject == null ? "at " + ClientNetwork.of(request.getRemoteAddr()) : subject;
        request.setAttribute(CALLER, caller);
        RateLimiter limiter = callers.computeIfAbsent(caller, it -> RateLimiter.of(it, config));
        boolean taken = limiter.acquirePermission();
        int left = Math.max(0, limiter.getMetrics().getAvailablePermissions());
        response.setHeader("RateLimit-Policy", policy);
        response.setHeader("RateLimit", "\"caller\";r=" + left + ";t=1");
        return taken;
    }

    /// Whose share a request is taken from.
    static String callerOf(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof String caller ? caller : "";
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable
        String subject = request.getHeader(HttpHeaders.AUTHORIZATION) == null
                ? null
                : known.known(request).map(By::actor).orElse(null);
        if (take(request, response, subject)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        Problem.write(
                request,
                response,
                Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "You are asking too often; wait a second."));
    }
}
