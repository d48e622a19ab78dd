package koinon.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import koinon.platform.document.Command;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
import koinon.platform.trace.Trace;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives a controller what it asks for by type: [By], [Command], [Page.Wanted].
final class Arguments implements HandlerMethodArgumentResolver {

    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,100}");
    private static final Pattern STRONG = Pattern.compile("\"([^\",]*)\"");
    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}");

    /// What no aggregate ever has, so that it is always stale.
    private static final long NEVER = -1;

    private final Callers callers;

    Arguments(Callers callers) {
        this.callers = callers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return Set.of(By.class, Command.class, Page.Wanted.class).contains(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binder) {
        var request = Optional.ofNullable(web.getNativeRequest(HttpServletRequest.class))
                .orElseThrow();
        if (parameter.getParameterType() == By.class) return callers.of(request);
        if (parameter.getParameterType() == Page.Wanted.class)
            return Page.Wanted.parse(request.getParameter("after"), request.getParameter("limit"));
        return new Command(callers.of(request), key(request), ifMatch(request), Trace.of(request));
    }

    private static Command.@Nullable Key key(HttpServletRequest request) {
        var value = request.getHeader("Idempotency-Key");
        if (value == null) return null;
        if (!KEY.matcher(value).matches())
            throw new Invalid("Idempotency-Key", "An Idempotency-Key has 1 to 100 printable ASCII characters.");
        long arrived = request.getAttribute(Standstill.ARRIVED) instanceof Long it ? it : System.nanoTime();
        return new Command.Key(value, request.getRequestURI(), digest(request), arrived);
    }

    private static String digest(HttpServletRequest request) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var query = request.getQueryString();
            var line =
                    request.getMethod() + "\n" + request.getRequestURI() + "\n" + (query == null ? "" : query) + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(Body.of(request)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The number in If-Match; absent where any version will do. A weak or foreign ETag matches nothing.
    private static @Nullable Long ifMatch(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.IF_MATCH);
        if (header == null) {
            if (!Set.of("PUT", "PATCH").contains(request.getMethod())) return null;
            throw new ErrorResponseException(
                    HttpStatus.PRECONDITION_REQUIRED,
                    Problem.of(
                            HttpStatus.PRECONDITION_REQUIRED,
                            "if-match-required",
                            "Send the ETag that you read in If-Match, so that nobody's change is lost."),
                    null);
        }
        var text = header.strip();
        if (text.equals("*")) return null;
        if (text.startsWith("W/")) return NEVER;
        var strong = STRONG.matcher(text);
        if (!strong.matches()) throw new Invalid("If-Match", "If-Match takes one ETag as it was read, such as \"7\".");
        return SEQUENCE.matcher(strong.group(1)).matches() ? Long.parseLong(strong.group(1)) : NEVER;
    }
}
