package koinon.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import koinon.eventing.command.RequestRejected;
import koinon.gateway.routing.RateLimitFilter;
import koinon.http.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/// Turns the cookie of a session into what everything further in understands: the header `Authorization` with the
/// session's token. A request that brings a token of its own is left as it is.
///
/// A browser sends cookies also with requests that another site has made it send. So a request that changes
/// something must prove that it comes from our page: by the session's CSRF token, and by `Sec-Fetch-Site` where the
/// browser sends it.
final class SessionFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    static final String CSRF_HEADER = "X-CSRF-TOKEN";
    /// Where it matters who asks. Pages and their files are the same for everybody, and a login needs no session.
    private static final Pattern PERSONAL = Pattern.compile("/(api|operations|actuator)/.*|/logout");

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String RETRY_AFTER_SECONDS = "2";

    private final transient Sessions sessions;
    private final transient TokenRefresh refresh;
    private final transient RateLimitFilter limits;

    SessionFilter(Sessions sessions, TokenRefresh refresh, RateLimitFilter limits) {
        this.sessions = sessions;
        this.refresh = refresh;
        this.limits = limits;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getHeader(HttpHeaders.COOKIE) == null) {
            chain.doFilter(request, response);
            return;
        }
        boolean isPersonal = request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && PERSONAL.matcher(request.getRequestURI()).matches();
        Optional<String> cookie = isPersonal ? SessionCookie.of(request) : Optional.empty();
        if (cookie.isEmpty()) {
            chain.doFilter(SessionRequest.withoutCookies(request), response);
            return;
        }
        Optional<Session> session;
        try {
            session = valid(cookie.get());
        } catch (RequestRejected.Busy e) {
            unavailable(request, response, Problem.of(HttpStatus.SERVICE_UNAVAILABLE, e.sentence()));
            return;
        } catch (TokenRefresh.ProviderAway _) {
            unavailable(
                    request,
                    response,
                    Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "identity-away.refresh",
                            "The identity provider does not answer, and your session needs a new token; try again."));
            return;
        }
        boolean isSafe = SAFE.contains(request.getMethod());
        if (session.isEmpty()) {
            SessionCookie.clear(response);
            if (isSafe) chain.doFilter(SessionRequest.withoutCookies(request), response);
            else
                refuse(
                        request,
                        response,
                        Problem.of(HttpStatus.UNAUTHORIZED, "session-ended", "Your session has ended; log in again."));
            return;
        }
        @Nullable
        ProblemDetail forged = isSafe ? null : forged(request, session.get().csrf());
        if (forged == null) chain.doFilter(SessionRequest.of(request, session.get()), response);
        else refuse(request, response, forged);
    }

    private Optional<Session> valid(String cookie) throws TokenRefresh.ProviderAway {
        Optional<Session> found = sessions.find(cookie);
        return found.isPresent() ? refresh.valid(found.get()) : found;
    }

    /// Why a request that changes something is refused; null if it comes from our page.
    static @Nullable ProblemDetail forged(HttpServletRequest request, String csrf) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin"))
            return Problem.of(
                    HttpStatus.FORBIDDEN, "csrf.cross-site", "A session is not accepted from a page of another site.");
        @Nullable String sent = request.getHeader(CSRF_HEADER);
        if (sent == null || !MessageDigest.isEqual(sent.getBytes(UTF_8), csrf.getBytes(UTF_8)))
            return Problem.of(
                    HttpStatus.FORBIDDEN,
                    "csrf.token",
                    "With a session, the header X-CSRF-TOKEN must be the csrf of GET /api/v1/me.");
        return null;
    }

    private void unavailable(HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        refuse(request, response, problem);
    }

    /// A refused request counts too.
    private void refuse(HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (limits.admits(request, response, null)) Problem.write(request, response, problem);
    }
}
