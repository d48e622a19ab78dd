package koinon.http.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.value.Texts;
import koinon.http.actor.ActorResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/// Reads the actor from the verified token: its subject and the mandates that are valid today (UTC).
final class JwtActorResolver implements ActorResolver {

    static final String ANONYMOUS = "anonymous";
    private static final String BEARER = "Bearer ";

    private final BearerTokenResolver resolver = new DefaultBearerTokenResolver();
    private final Clock clock;
    private final @Nullable CachingJwtDecoder tokens;

    /// @param tokens that were good a moment ago; none where an application checks tokens in its own way
    JwtActorResolver(Clock clock, @Nullable CachingJwtDecoder tokens) {
        this.clock = clock;
        this.tokens = tokens;
    }

    @Override
    public Actor of(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Jwt token
                ? by(request, token)
                : by(request, null);
    }

    @Override
    public Optional<Actor> known(HttpServletRequest request) {
        List<String> all = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (all.isEmpty()) return Optional.of(by(request, null));
        // Several are refused further in.
        if (all.size() > 1) return Optional.empty();
        String sent = all.getFirst();
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

    private Actor by(HttpServletRequest request, @Nullable Jwt token) {
        var now = clock.instant();
        var chosen = request.getHeader("Koinon-Mandate");
        if (token == null || token.getSubject() == null) return new Actor(ANONYMOUS, List.of(), chosen, null, now);
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var mandates = mandates(token).stream().filter(it -> it.holdsOn(today)).toList();
        return new Actor(personId(token, token.getSubject()), mandates, chosen, null, now);
    }

    /// Koinon's own id of a person, so that no event contains the provider's subject.
    static String personId(Jwt token, String subject) {
        String issuer = String.valueOf(token.getClaimAsString("iss"));
        return UUID.nameUUIDFromBytes((issuer + " " + subject).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static List<Mandate> mandates(Jwt token) {
        return token.getClaim("mandates") instanceof List<?> claim
                ? claim.stream()
                        .map(it -> mandate(token, it))
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
    }

    /// A mandate; absent if the claim is malformed, which gives no right.
    private static @Nullable Mandate mandate(Jwt token, @Nullable Object claim) {
        if (!(claim instanceof Map<?, ?> map
                && map.get("id") instanceof String id
                && map.get("role") instanceof String role
                && map.get("scope") instanceof String scope
                && Stream.of(id, role, scope)
                        .allMatch(it -> Texts.flaw(it, false).isEmpty()))) return null;
        try {
            return new Mandate(
                    id,
                    role,
                    scope,
                    day(map.get("from")),
                    day(map.get("until")),
                    map.get("substituteOf") instanceof String other ? personId(token, other) : null);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static @Nullable LocalDate day(@Nullable Object claim) {
        return claim == null ? null : LocalDate.parse(claim.toString());
    }
}
