package koinon.http.web;

import com.mongodb.MongoException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.trace.Trace;
import koinon.eventing.value.Sentence;
import koinon.http.problem.Problem;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Answers exceptions of controllers as problems: the caller's errors with their reason, internal errors without.
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class Problems {

    /// Seconds to wait before the next try when a dependency is not available.
    static final String RETRY_AFTER_SECONDS = "2";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int FRAMES = 8;
    private static final Set<String> READS = Set.of("GET", "HEAD");

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDetail> answer(Exception thrown, HttpServletRequest request) {
        if (thrown instanceof AsyncRequestNotUsableException) return null;
        var headers = new HttpHeaders();
        if (thrown instanceof ErrorResponse known) headers.putAll(known.getHeaders());
        var problem = problem(thrown, request);
        if (problem.getStatus() == 503) headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        problem.setInstance(URI.create(request.getRequestURI()));
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        return new ResponseEntity<>(problem, headers, problem.getStatus());
    }

    private static ProblemDetail problem(Exception thrown, HttpServletRequest request) {
        List<Violation> violations = violations(thrown);
        if (!violations.isEmpty()) return Problem.of(violations);
        return switch (thrown) {
            case AccessDenied it -> Problem.of(HttpStatus.FORBIDDEN, it.sentence());
            case RuleViolation it -> Problem.of(HttpStatus.CONFLICT, it.sentence());
            case RequestRejected it -> refused(it);
            case AccessDeniedException _ -> Problem.of(HttpStatus.FORBIDDEN, "forbidden", "Access denied.");
            case MethodArgumentTypeMismatchException _ -> refused(new RequestRejected.NotFound());
            case ErrorResponse it -> known(it);
            case InvalidDataAccessApiUsageException it -> ours(it, request);
            case DataAccessException it -> away(it, request);
            case MongoException it -> away(it, request);
            default -> ours(thrown, request);
        };
    }

    /// The violations of a request; empty if the exception has another cause.
    private static List<Violation> violations(Exception thrown) {
        return switch (thrown) {
            case ValidationFailed it -> it.violations();
            case HttpMessageNotReadableException _ ->
                one("", Sentence.of("validation.body-unreadable", "A body is required here, and it must be readable."));
            case MethodArgumentNotValidException it -> violations(it);
            case HandlerMethodValidationException it -> violations(it);
            case ConstraintViolationException it -> CommandBodyConverter.violations(it.getConstraintViolations());
            case MissingServletRequestParameterException it ->
                one(it.getParameterName(), Sentence.of("validation.required", "This is required."));
            case MethodArgumentTypeMismatchException it
            when !it.getParameter().hasParameterAnnotation(PathVariable.class) ->
                one(it.getName(), expected(it.getRequiredType()));
            default -> List.of();
        };
    }

    private static ProblemDetail refused(RequestRejected refused) {
        HttpStatus status = switch (refused) {
            case RequestRejected.NotFound _ -> HttpStatus.NOT_FOUND;
            case RequestRejected.VersionRequired _ -> HttpStatus.PRECONDITION_REQUIRED;
            case RequestRejected.Stale _ -> HttpStatus.PRECONDITION_FAILED;
            case RequestRejected.KeyReused _ -> HttpStatus.UNPROCESSABLE_CONTENT;
            case RequestRejected.Busy _ -> HttpStatus.SERVICE_UNAVAILABLE;
        };
        return Problem.of(status, refused.sentence());
    }

    /// Refusals of Spring: method, media type, unknown path.
    private static ProblemDetail known(ErrorResponse response) {
        var given = response.getBody();
        var type = given.getType();
        if (type != null && type.toString().startsWith("/problems/")) return given;
        return byStatus(response.getStatusCode(), given.getDetail());
    }

    private static ProblemDetail byStatus(HttpStatusCode status, @Nullable String detail) {
        return switch (status.value()) {
            case 404 -> refused(new RequestRejected.NotFound());
            case 405 -> spring(status, "method-not-allowed", detail == null ? "Method not allowed." : detail);
            case 406 -> Problem.of(status, "not-acceptable", "No acceptable media type is available.");
            case 415 -> spring(status, "media-type.not-supported", detail == null ? "Unsupported media type." : detail);
            case 408 -> Problem.of(status, "too-slow", "The request was not received in time.");
            case 413 -> Problem.of(status, "body-too-large.unread", "The body is too large.");
            case 501 -> Problem.of(status, "not-implemented", "This method or transfer coding is not implemented.");
            case 505 -> Problem.of(status, "version-not-supported", "Use HTTP/1.1 or HTTP/1.0.");
            case 503 -> Problem.of(status, "busy.not-ready", "This instance is not ready; try again shortly.");
            case 401 -> Problem.of(status, "token-required.valid", "A valid token is required.");
            case 403 -> Problem.of(status, "forbidden", "Access denied.");
            default ->
                status.is5xxServerError()
                        ? Problem.of(status, "internal", "Internal error. Quote the trace id when you report it.")
                        : spring(status, "bad-request", detail == null ? "The request is malformed." : detail);
        };
    }

    /// What Spring says: its texts have no values of their own.
    private static ProblemDetail spring(HttpStatusCode status, String key, String text) {
        return Problem.of(status, key, "%s", "reason", text);
    }

    private static List<Violation> one(String pointer, Sentence sentence) {
        return List.of(new Violation(pointer, sentence));
    }

    private static List<Violation> violations(MethodArgumentNotValidException thrown) {
        return thrown.getBindingResult().getAllErrors().stream()
                .map(it -> new Violation(
                        it instanceof org.springframework.validation.FieldError field
                                ? CommandBodyConverter.pointer(field.getField())
                                : "",
                        it.contains(ConstraintViolation.class)
                                ? CommandBodyConverter.sentence(it.unwrap(ConstraintViolation.class))
                                : StrictScalarsModule.expected(null)))
                .toList();
    }

    private static List<Violation> violations(HandlerMethodValidationException thrown) {
        return thrown.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(it -> new Violation(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                CommandBodyConverter.sentence(result.unwrap(it, ConstraintViolation.class)))))
                .toList();
    }

    private static Sentence expected(@Nullable Class<?> type) {
        return type != null && type.isEnum()
                ? CommandBodyConverter.oneOf(Stream.of(type.getEnumConstants()))
                : StrictScalarsModule.expected(type);
    }

    private static ProblemDetail away(Exception thrown, HttpServletRequest request) {
        LOG.warn(
                "event=request.unavailable method={} path={} trace={} cause=\"{}\"",
                request.getMethod(),
                path(request),
                trace(request),
                brief(thrown));
        return READS.contains(request.getMethod())
                ? Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database-away",
                        "The database does not answer; try again shortly.")
                : Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database-away.outcome-unknown",
                        "The database does not answer. Whether something changed is unknown: send the same again with"
                                + " the same Idempotency-Key.");
    }

    private static ProblemDetail ours(Exception thrown, HttpServletRequest request) {
        LOG.error(
                "event=request.failed method={} path={} trace={} cause=\"{}\"",
                request.getMethod(),
                path(request),
                trace(request),
                inOneLine(thrown));
        var problem = byStatus(HttpStatus.INTERNAL_SERVER_ERROR, null);
        problem.setProperty("trace", trace(request));
        return problem;
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().replaceAll("[^!-~]", "?");
    }

    private static String trace(HttpServletRequest request) {
        return Trace.idOf(Trace.of(request));
    }

    private static String brief(Throwable thrown) {
        return (thrown.getClass().getSimpleName() + ": " + thrown.getMessage()).replaceAll("\\s+", " ");
    }

    /// The exception, its causes and the place of each, in one line.
    private static String inOneLine(Throwable thrown) {
        return Stream.iterate(thrown, it -> it != null, Throwable::getCause)
                .limit(5)
                .map(it -> brief(it) + " at "
                        + Arrays.stream(it.getStackTrace())
                                .limit(FRAMES)
                                .map(at -> at.getFileName() + ":" + at.getLineNumber())
                                .collect(Collectors.joining(" < ")))
                .collect(Collectors.joining(" | because of "));
    }

    /// Answers errors outside of controllers, such as in a filter.
    @RestController
    static final class Outside implements ErrorController {

        @RequestMapping("/error")
        ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
            var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer it ? it : 404;
            var problem = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception thrown
                    ? problem(thrown, request)
                    : byStatus(HttpStatusCode.valueOf(code), null);
            if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri)
                problem.setInstance(URI.create(uri));
            return ResponseEntity.status(problem.getStatus())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(problem);
        }
    }

    /// Answers requests that Tomcat cannot parse, such as one for a path outside of the root.
    static final class Unreadable extends ErrorReportValve {

        static TomcatContextCustomizer customizer() {
            return context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(Unreadable.class.getName());
                    host.getPipeline().addValve(new Unreadable());
                }
            };
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            var status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
            try {
                if (response.isCommitted()) return;
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.getOutputStream().write(Problem.json(Problems.byStatus(HttpStatusCode.valueOf(status), null)));
                response.finishResponse();
            } catch (IOException _) {
                // Nobody is there to read it.
            }
        }
    }

    /// Refuses requests without an HTTP version. Tomcat treats them as HTTP/0.9 and sends no head, so the body that
    /// is written here contains the whole response.
    static final class Versionless extends ValveBase {

        Versionless() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getProtocol() != null && !request.getProtocol().isEmpty()) {
                getNext().invoke(request, response);
                return;
            }
            byte[] body = Problem.json(byStatus(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, null));
            String head = "HTTP/1.1 505 \r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                    .formatted(MediaType.APPLICATION_PROBLEM_JSON, body.length);
            // It is, where the address was refused before.
            response.setSuspended(false);
            response.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            response.getOutputStream().write(body);
            response.finishResponse();
        }
    }
}
