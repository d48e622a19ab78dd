package koinon.gateway.routing;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import koinon.eventing.actor.Actor;
import koinon.http.actor.ActorResolver;
import koinon.http.connection.ClientNetwork;
import koinon.http.filter.FilterOrder;
import koinon.http.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Limits the requests of one caller per second. The caller is the subject of a token that was verified before,
/// otherwise the network of the client; so an unverified token, a new or a wrong one, counts for the client's
/// network, and nobody uses another caller's quota. Every response reports the remaining quota as
/// draft-ietf-httpapi-ratelimit-headers-10 defines it.
@Component
public final class RateLimitFilter extends OncePerRequestFilter implements Ordered {

    private static final String CALLER = RateLimitFilter.class.getName() + ".caller";

    private final ActorResolver known;
    private final RateLimiterConfig config;
    private final String policy;
    private final LoadingCache<String, RateLimiter> callers;

    /// @param perSecond requests of one caller per second
    /// @param callers number of callers in memory; those who ask often stay longest
    @ConfigurationProperties("koinon.limits")
    record Settings(
            @DefaultValue("500") int perSecond,
            @DefaultValue("10000") int callers) {}

    RateLimitFilter(Settings settings, ActorResolver known) {
        this.known = known;
        config = RateLimiterConfig.custom()
                .limitForPeriod(settings.perSecond())
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        policy = "\"caller\";q=" + settings.perSecond() + ";w=1";
        callers = Caffeine.newBuilder().maximumSize(settings.callers()).build(it -> RateLimiter.of(it, config));
    }

    /// Counts a request of a caller, unless the quota is used up, and writes the remaining quota to the response.
    ///
    /// @param subject of the caller's token, or null without one
    public boolean take(HttpServletRequest request, HttpServletResponse response, @Nullable String subject) {
        String caller = subject == null ? "at " + ClientNetwork.of(request.getRemoteAddr()) : subject;
        request.setAttribute(CALLER, caller);
        RateLimiter limiter = callers.get(caller);
        boolean taken = limiter.acquirePermission();
        int left = Math.max(0, limiter.getMetrics().getAvailablePermissions());
        response.setHeader("RateLimit-Policy", policy);
        response.setHeader("RateLimit", "\"caller\";r=" + left + ";t=1");
        return taken;
    }

    /// Counts a request as [#take] does, and refuses it when the quota is used up.
    ///
    /// @return false when the request was refused
    public boolean admits(HttpServletRequest request, HttpServletResponse response, @Nullable String subject)
            throws IOException {
        if (take(request, response, subject)) return true;
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        Problem.write(
                request,
                response,
                Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "Too many requests: the limit of requests per second is reached; try again in a second."));
        return false;
    }

    /// The caller whose quota the request uses.
    static String callerOf(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof String caller ? caller : "";
    }

    @Override
    public int getOrder() {
        return FilterOrder.RATE_LIMIT.order();
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
                : known.known(request).map(Actor::id).orElse(null);
        if (admits(request, response, subject)) chain.doFilter(request, response);
    }
}
