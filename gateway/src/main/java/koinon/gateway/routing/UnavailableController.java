package koinon.gateway.routing;

import static org.springframework.cloud.gateway.server.mvc.common.MvcUtils.CIRCUITBREAKER_EXECUTION_EXCEPTION_ATTR;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import koinon.eventing.command.RequestRejected;
import koinon.http.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers when a service cannot: it was too slow, refused the connection, has too many requests waiting, in total
/// or of this caller, or failed so often that its circuit breaker is open. The answer is always a problem, never a
/// substitute.
@Hidden
@RestController
class UnavailableController {

    private static final Logger LOG = LoggerFactory.getLogger(UnavailableController.class);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String RETRY_AFTER_SECONDS = "2";

    /// Why a service did not answer; the name is the `reason` of the problem.
    enum Why {
        SLOW("The service did not answer in time.", true),
        AWAY("The service does not accept connections.", false),
        BROKEN("The connection to the service was lost.", true),
        BUSY("Too many requests are waiting for the service.", false),
        SHARE("Too many of your requests are waiting for the service.", false),
        LEFT_ALONE("The service has failed repeatedly; its circuit breaker is open.", false);

        private final String sentence;
        private final boolean mayHaveArrived;

        Why(String sentence, boolean mayHaveArrived) {
            this.sentence = sentence;
            this.mayHaveArrived = mayHaveArrived;
        }

        /// Empty when the failure is not the service's.
        static Optional<Why> of(Throwable failure) {
            for (Throwable it : Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                    .limit(10)
                    .toList()) {
                if (it instanceof TimeoutException) return Optional.of(SLOW);
                if (it instanceof BulkheadFullException) return Optional.of(BUSY);
                if (it instanceof FairShareBulkhead.Exceeded) return Optional.of(SHARE);
                if (it instanceof CallNotPermittedException) return Optional.of(LEFT_ALONE);
                if (it instanceof ConnectException || it instanceof java.net.http.HttpConnectTimeoutException)
                    return Optional.of(AWAY);
                if (it instanceof IOException) return Optional.of(BROKEN);
            }
            return Optional.empty();
        }
    }

    @RequestMapping("/unavailable")
    ResponseEntity<ProblemDetail> unavailable(HttpServletRequest request) {
        // Only the routes forward to this path.
        if (!(request.getAttribute(CIRCUITBREAKER_EXECUTION_EXCEPTION_ATTR) instanceof Throwable failure))
            throw new RequestRejected.NotFound();
        String path = path(request);
        Optional<Why> service = Why.of(failure);
        if (service.isEmpty()) return notPassedOn(request, path, failure);
        Why why = service.get();
        if (why == Why.BROKEN)
            LOG.warn(
                    "event=request.connection-lost method={} path={} cause=\"{}\"",
                    request.getMethod(),
                    path,
                    failure.toString());
        String reason = why.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        ProblemDetail problem = Problem.of(
                why == Why.SHARE ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE,
                (why == Why.SHARE ? "too-many-requests." : "service-unavailable.") + reason,
                why.sentence + " %s",
                "outcome",
                outcome(request, why));
        problem.setInstance(URI.create(path));
        problem.setProperty("reason", reason);
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /// An exception before the service was asked concerns the request: it could not be written again.
    private static ResponseEntity<ProblemDetail> notPassedOn(
            HttpServletRequest request, String path, Throwable failure) {
        LOG.warn(
                "event=request.not-forwarded method={} path={} cause=\"{}\"",
                request.getMethod(),
                path,
                failure.toString());
        ProblemDetail problem = Problem.of(
                HttpStatus.BAD_REQUEST,
                "bad-request.not-forwarded",
                "The method, address or a header of this request is malformed.");
        problem.setInstance(URI.create(path));
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String outcome(HttpServletRequest request, Why why) {
        if (SAFE.contains(request.getMethod())) return "Try again in a moment.";
        if (!why.mayHaveArrived) return "Nothing was changed; send the request again with the same Idempotency-Key.";
        return "It is unknown whether something was changed: send the request again with the same Idempotency-Key, which"
                + " executes it at most once; without a key, read the resource first.";
    }

    private static String path(HttpServletRequest request) {
        @Nullable Object original = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        return original == null ? request.getRequestURI() : original.toString();
    }
}
