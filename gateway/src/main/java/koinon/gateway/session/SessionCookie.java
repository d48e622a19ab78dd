package koinon.gateway.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/// The cookies of this gateway. `__Host-` keeps other hosts and paths from setting them; `Lax` and not `Strict`,
/// because a browser comes back from the provider with them.
public final class SessionCookie {

    private static final String NAME = "__Host-koinon";

    private SessionCookie() {}

    /// What the browser's session cookie holds.
    public static Optional<String> of(HttpServletRequest request) {
        return of(request, NAME).filter(it -> it.matches("[A-Za-z0-9_-]{43}"));
    }

    /// What a cookie holds.
    public static Optional<String> of(HttpServletRequest request, String name) {
        Cookie @Nullable [] all = request.getCookies();
        return Stream.of(all == null ? new Cookie[0] : all)
                .filter(it -> it.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    /// The session cookie lasts as long as the browser runs.
    public static void set(HttpServletResponse response, String value) {
        add(response, NAME, value, Duration.ofSeconds(-1));
    }

    public static void clear(HttpServletResponse response) {
        add(response, NAME, "", Duration.ZERO);
    }

    public static void add(HttpServletResponse response, String name, String value, Duration life) {
        var cookie = ResponseCookie.from(name, value)
                .secure(true)
                .httpOnly(true)
                .sameSite("Lax")
                .path("/")
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
