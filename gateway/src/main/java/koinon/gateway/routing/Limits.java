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
import koinon.platform.web.Problem;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// How often one caller may ask: whoever the token names, or the address of one without a token. Behind the check of
/// tokens, so that nobody spends another's share.
@Component
final class Limits extends OncePerRequestFilter {

    private final RateLimiterConfig config;
    private final Map<String, RateLimiter> callers;

    /// @param perSecond how many requests of one caller are taken each second
    /// @param callers how many callers are remembered; the one that asked longest ago is forgotten
    @ConfigurationProperties("koinon.limits")
    record Settings(
            @DefaultValue("500") int perSecond,
            @DefaultValue("10000") int callers) {}

    Limits(Settings settings) {
        config = RateLimiterConfig.custom()
                .limitForPeriod(settings.perSecond())
                .limitRefreshPeriod(Duration.ofSeconds(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        callers = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
                return size() > settings.callers();
            }
        });
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String caller = request.getUserPrincipal() == null
                ? "at " + request.getRemoteAddr()
                : request.getUserPrincipal().getName();
        if (callers.computeIfAbsent(caller, it -> RateLimiter.of(it, config)).acquirePermission()) {
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
