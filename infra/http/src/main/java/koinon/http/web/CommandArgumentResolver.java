package koinon.http.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.trace.Trace;
import koinon.http.actor.ActorResolver;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Resolves arguments of controllers by type: [Actor], [Command], [Page.Wanted].
final class CommandArgumentResolver implements HandlerMethodArgumentResolver {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,100}");
    private static final Pattern ETAGS = Pattern.compile("(W/)?\"[^\"]*\"( *, *(W/)?\"[^\"]*\")*");
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,18})(-[A-Za-z0-9_-]*)?");
    private static final Set<String> NEEDS_VERSION = Set.of("PUT", "PATCH");

    private final ActorResolver callers;
    private final RequestDigest digest;

    CommandArgumentResolver(ActorResolver callers, RequestDigest digest) {
        this.callers = callers;
        this.digest = digest;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Set.of(Actor.class, Command.class, Page.Wanted.class).contains(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binder) {
        var request = Optional.ofNullable(web.getNativeRequest(HttpServletRequest.class))
                .orElseThrow();
        if (parameter.getParameterType() == Actor.class) return callers.of(request);
        if (parameter.getParameterType() == Page.Wanted.class)
            return Page.Wanted.parse(request.getParameter("after"), request.getParameter("limit"));
        return new Command(callers.of(request), key(request), precondition(request), Trace.of(request));
    }

    private Command.@Nullable Key key(HttpServletRequest request) {
        var value = request.getHeader(IDEMPOTENCY_KEY);
        if (value == null) return null;
        if (Collections.list(request.getHeaders(IDEMPOTENCY_KEY)).size() > 1
                || !KEY.matcher(value).matches())
            throw new ValidationFailed(
                    IDEMPOTENCY_KEY,
                    "validation.idempotency-key",
                    "Idempotency-Key must be sent once, with 1 to 100 printable ASCII characters.");
        long arrived = request.getAttribute(StallGuardFilter.ARRIVED) instanceof Long it ? it : System.nanoTime();
        return new Command.Key(value, RequestDigest.path(request), digest.of(request), arrived);
    }

    /// The versions in If-Match: the part before the hyphen of each strong ETag. Weak and malformed ones are
    /// ignored.
    private static Command.Precondition precondition(HttpServletRequest request) {
        var header = String.join(", ", Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)))
                .strip();
        if (request.getHeader(HttpHeaders.IF_MATCH) == null)
            return NEEDS_VERSION.contains(request.getMethod())
                    ? Command.Precondition.MISSING
                    : Command.Precondition.NONE;
        if (header.equals("*")) return Command.Precondition.NONE;
        if (!ETAGS.matcher(header).matches())
            throw new ValidationFailed(
                    "If-Match",
                    "validation.if-match",
                    "If-Match takes * or ETags as they were read, such as \"7-a1b2c3\".");
        return Command.Precondition.of(ETag.parse(header).stream()
                .filter(it -> !it.weak())
                .map(it -> VERSION.matcher(it.tag()))
                .filter(Matcher::matches)
                .map(it -> Long.valueOf(it.group(1)))
                .collect(Collectors.toSet()));
    }
}
