package koinon.gateway.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// A request whose cookies nobody further in reads or passes on, with the token of its session in their place.
public final class SessionRequest extends HttpServletRequestWrapper {

    private static final String SESSION = SessionRequest.class.getName();

    private final @Nullable String authorization;

    private SessionRequest(HttpServletRequest request, @Nullable String authorization) {
        super(request);
        this.authorization = authorization;
    }

    static HttpServletRequest withoutCookies(HttpServletRequest request) {
        return new SessionRequest(request, null);
    }

    static HttpServletRequest of(HttpServletRequest request, Session session) {
        request.setAttribute(SESSION, session);
        return new SessionRequest(request, "Bearer " + session.tokens().access());
    }

    /// The session by which a request came.
    public static Optional<Session> sessionOf(HttpServletRequest request) {
        return request.getAttribute(SESSION) instanceof Session session ? Optional.of(session) : Optional.empty();
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (isCookie(name)) return null;
        return authorization != null && isAuthorization(name) ? authorization : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (isCookie(name)) return Collections.emptyEnumeration();
        return authorization != null && isAuthorization(name)
                ? Collections.enumeration(List.of(authorization))
                : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
        names.removeIf(SessionRequest::isCookie);
        if (authorization != null) names.add(HttpHeaders.AUTHORIZATION);
        return Collections.enumeration(names);
    }

    private static boolean isCookie(String header) {
        return header.equalsIgnoreCase(HttpHeaders.COOKIE);
    }

    private static boolean isAuthorization(String header) {
        return header.equalsIgnoreCase(HttpHeaders.AUTHORIZATION);
    }
}
