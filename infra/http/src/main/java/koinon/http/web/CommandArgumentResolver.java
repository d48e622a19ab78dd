package koinon.http.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
import koinon.http.condition.RequestConditions;
import koinon.http.page.Page;
import koinon.http.query.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Resolves arguments of controllers by type: [Actor], [Command], [Page.Wanted], [RequestConditions].
final class CommandArgumentResolver implements HandlerMethodArgumentResolver {

    private static final Set<Class<?>> RESOLVED =
            Set.of(Actor.class, Command.class, Page.Wanted.class, RequestConditions.class);
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,100}");
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
        return RESOLVED.contains(parameter.getParameterType());
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
        if (parameter.getParameterType() == RequestConditions.class) return RequestConditions.of(request);
        if (parameter.getParameterType() == Page.Wanted.class) return page(parameter, request);
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

    private static Page.Wanted page(MethodParameter parameter, HttpServletRequest request) {
        QueryParameters declared = QueryParameters.of(Objects.requireNonNull(parameter.getMethod()));
        return Page.Wanted.parse(
                request.getParameter("after"),
                request.getParameter("limit"),
                declared.question(request.getRequestURI(), request.getQueryString()));
    }

    /// The versions in If-Match: the part before the hyphen of each strong ETag.
    private static Command.Precondition precondition(HttpServletRequest request) {
        RequestConditions conditions = RequestConditions.of(request);
        if (conditions.hasNoneMatch())
            throw new ValidationFailed(
                    HttpHeaders.IF_NONE_MATCH,
                    "validation.if-none-match",
                    "If-None-Match is for reads. Send If-Match with what changes something.");
        Optional<List<String>> tags = conditions.match();
        if (tags.isEmpty())
            return NEEDS_VERSION.contains(request.getMethod())
                    ? Command.Precondition.MISSING
                    : Command.Precondition.NONE;
        if (conditions.matchAny()) return Command.Precondition.NONE;
        return Command.Precondition.of(tags.get().stream()
                .map(VERSION::matcher)
                .filter(Matcher::matches)
                .map(it -> Long.valueOf(it.group(1)))
                .collect(Collectors.toSet()));
    }
}
