package koinon.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import koinon.platform.model.By;
import koinon.platform.model.Mandate;
import koinon.platform.web.Callers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/// Reads the caller from the token that was checked: its subject, and of its mandates those that hold today (in UTC).
final class TokenCallers implements Callers {

    static final String ANONYMOUS = "anonymous";
    private static final String BEARER = "Bearer ";

    private final BearerTokenResolver resolver = new DefaultBearerTokenResolver();
    private final Clock clock;
    private final @Nullable VerifiedTokens tokens;

    /// @param tokens that were good a moment ago; none where an application checks tokens in its own way
    TokenCallers(Clock clock, @Nullable VerifiedTokens tokens) {
        this.clock = clock;
        this.tokens = tokens;
    }

    @Override
    public By of(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Jwt token
                ? by(request, token)
                : by(request, null);
    }

    @Override
    public Optional<By> known(HttpServletRequest request) {
        var sent = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (sent == null) return Optional.of(by(request, null));
        return tokens != null && sent.startsWith(BEARER)
                ? tokens.known(sent.substring(BEARER.length())).map(it -> by(request, it))
                : Optional.empty();
    }

    @Override
    public Optional<String> verified(HttpServletRequest request) {
        if (tokens == null) return Optional.empty();
        try {
            return Optional.ofNullable(resolver.resolve(request))
                    .map(it -> tokens.decode(it).getSubject());
        } catch (AuthenticationException | JwtException _) {
            return Optional.empty();
        }
    }

    private By by(HttpServletRequest request, @Nullable Jwt token) {
        var now = clock.instant();
        var chosen = request.getHeader("Koinon-Mandate");
        if (token == null || token.getSubject() == null) return new By(ANONYMOUS, List.of(), chosen, null, now);
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var mandates = mandates(token).stream().filter(it -> it.holdsOn(today)).toList();
        return new By(token.getSubject(), mandates, chosen, null, now);
    }

    private static List<Mandate> mandates(Jwt token) {
        return token.getClaim("mandates") instanceof List<?> claim
                ? claim.stream()
                        .map(TokenCallers::mandate)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    /// A mandate, or nothing when it is not written as one: what is not understood gives no right.
    private static @Nullable Mandate mandate(@Nullable Object claim) {
        if (!(claim instanceof Map<?, ?> map
                && map.get("id") instanceof String id
                && map.get("role") instanceof String role
                && map.get("scope") instanceof String scope)) return null;
        try {
            return new Mandate(
                    id,
                    role,
                    scope,
                    day(map.get("from")),
                    day(map.get("until")),
                    map.get("substituteOf") instanceof String other ? other : null);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable LocalDate day(@Nullable Object claim) {
        return claim == null ? null : LocalDate.parse(claim.toString());
    }
}
