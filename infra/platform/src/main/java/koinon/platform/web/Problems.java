package koinon.platform.web;

import com.mongodb.MongoException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.document.Refused;
import koinon.platform.model.Forbidden;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import koinon.platform.model.RuleBroken;
import koinon.platform.trace.Trace;
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

/// Answers whatever a controller throws as a problem: what the caller can mend with its reason, what is ours without.
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class Problems {

    /// How long a caller waits before the next try when something that we need is away.
    static final String RETRY_AFTER_SECONDS = "2";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int FRAMES = 8;

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
            case Forbidden it -> Problem.of(HttpStatus.FORBIDDEN, it.rule(), sentence(it));
            case RuleBroken it -> Problem.of(HttpStatus.CONFLICT, it.rule(), sentence(it));
            case Refused it -> refused(it);
            case AccessDeniedException _ -> Problem.of(HttpStatus.FORBIDDEN, "forbidden", "This is not open to you.");
            case MethodArgumentTypeMismatchException _ -> refused(new Refused.NotFound());
            case ErrorResponse it -> known(it);
            case InvalidDataAccessApiUsageException it -> ours(it, request);
            case DataAccessException it -> away(it, request);
            case MongoException it -> away(it, request);
            default -> ours(thrown, request);
        };
    }

    /// What the caller can mend in what was sent; none where something else is wrong.
    static List<Violation> violations(Exception thrown) {
        return switch (thrown) {
            case Invalid it -> it.violations();
            case HttpMessageNotReadableException _ -> one("", "A body is required here, and it must be readable.");
            case MethodArgumentNotValidException it -> violations(it);
            case HandlerMethodValidationException it -> violations(it);
            case ConstraintViolationException it -> Commands.violations(it.getConstraintViolations());
            case MissingServletRequestParameterException it -> one(it.getParameterName(), "This is required.");
            case MethodArgumentTypeMismatchException it
            when !it.getParameter().hasParameterAnnotation(PathVariable.class) ->
                one(it.getName(), expected(it.getRequiredType()));
            default -> List.of();
        };
    }

    private static ProblemDetail refused(Refused refused) {
        return switch (refused) {
            case Refused.NotFound it -> Problem.of(HttpStatus.NOT_FOUND, "not-found", sentence(it));
            case Refused.VersionRequired it ->
                Problem.of(HttpStatus.PRECONDITION_REQUIRED, "if-match-required", sentence(it));
            case Refused.Stale it -> Problem.of(HttpStatus.PRECONDITION_FAILED, "stale", sentence(it));
            case Refused.KeyReused it -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "key-reused", sentence(it));
            case Refused.Busy it -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "busy", sentence(it));
        };
    }

    /// What Spring refuses by itself: a method, a media type, a path that leads nowhere.
    private static ProblemDetail known(ErrorResponse response) {
        var given = response.getBody();
        var type = given.getType();
        if (type != null && type.toString().startsWith("/problems/")) return given;
        return byStatus(response.getStatusCode(), given.getDetail());
    }

    private static ProblemDetail byStatus(HttpStatusCode status, @Nullable String detail) {
        return switch (status.value()) {
            case 404 -> refused(new Refused.NotFound());
            case 405 -> Problem.of(status, "method-not-allowed", detail == null ? "Not by this method." : detail);
            case 406 -> Problem.of(status, "not-acceptable", "None of the accepted media types can be given.");
            case 415 -> Problem.of(status, "media-type", detail == null ? "This media type is not read." : detail);
            case 408 -> Problem.of(status, "too-slow", "The request did not come in time.");
            case 413 -> Problem.of(status, "body-too-large", "The body is too large.");
            case 501 -> Problem.of(status, "not-implemented", "This method or transfer coding is not implemented.");
            case 505 -> Problem.of(status, "version-not-supported", "HTTP/1.1 and HTTP/1.0 are spoken here.");
            case 503 -> Problem.of(status, "busy", "This process does not take requests now; try again shortly.");
            case 401 -> Problem.of(status, "token-required", "This needs a valid token.");
            case 403 -> Problem.of(status, "forbidden", "This is not open to you.");
            default ->
                status.is5xxServerError()
                        ? Problem.of(status, "internal", "Something went wrong here. It was not you, and it was noted.")
                        : Problem.of(
                                status, "bad-request", detail == null ? "This request is not understood." : detail);
        };
    }

    private static List<Violation> one(String pointer, String detail) {
        return List.of(new Violation(pointer, detail));
    }

    private static List<Violation> violations(MethodArgumentNotValidException thrown) {
        return thrown.getBindingResult().getAllErrors().stream()
                .map(it -> new Violation(
                        it instanceof org.springframework.validation.FieldError field
                                ? Commands.pointer(field.getField())
                                : "",
                        String.valueOf(it.getDefaultMessage())))
                .toList();
    }

    private static List<Violation> violations(HandlerMethodValidationException thrown) {
        return thrown.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(it -> new Violation(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                String.valueOf(it.getDefaultMessage()))))
                .toList();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) return "This is not understood.";
        if (type.isEnum())
            return "One of "
                    + Stream.of(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "))
                    + " is expected.";
        return Scalars.expected(type);
    }

    private static ProblemDetail away(Exception thrown, HttpServletRequest request) {
        LOG.warn(
                "{} {} is not possible now, {}: {}", request.getMethod(), path(request), trace(request), brief(thrown));
        return Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "database-away",
                request.getMethod().equals("GET")
                        ? "The database does not answer; try again shortly."
                        : "The database does not answer. Whether something changed is unknown: send the same again with"
                                + " the same Idempotency-Key.");
    }

    private static ProblemDetail ours(Exception thrown, HttpServletRequest request) {
        LOG.error("{} {} failed, {}: {}", request.getMethod(), path(request), trace(request), inOneLine(thrown));
        var problem = byStatus(HttpStatus.INTERNAL_SERVER_ERROR, null);
        problem.setProperty("trace", trace(request));
        return problem;
    }

    private static String sentence(Exception thrown) {
        return String.valueOf(thrown.getMessage());
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

    /// The exception, its causes and where each began, so that one line is enough to find the place.
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

    /// Answers what went wrong outside any controller, such as in a filter.
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

    /// Answers a request that Tomcat could not even read, such as one for a path that leads out of the root.
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

    /// Refuses a request that names no version of HTTP. Tomcat takes it for HTTP/0.9, where an answer has no head:
    /// what is written as its body is therefore the whole answer, head and all.
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
