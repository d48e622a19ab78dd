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
import koinon.platform.document.Refused;
import koinon.platform.web.Problem;
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

/// Answers for a service that cannot: it was too slow, it refused the connection, too many are asking it, one caller
/// asks too much of it, or it has failed so often that it is left alone for a moment. Never an invented answer.
@Hidden
@RestController
class UnavailableController {

    private static final Logger LOG = LoggerFactory.getLogger(UnavailableController.class);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String RETRY_AFTER_SECONDS = "2";

    /// Why a service did not answer.
    enum Why {
        SLOW("The service did not answer in time.", true),
        AWAY("The service does not take connections.", false),
        BROKEN("The connection to the service broke.", true),
        BUSY("Too many requests are waiting for the service.", false),
        SHARE("Too many of your requests are waiting for the service.", false),
        LEFT_ALONE("The service has failed often and is left alone for a moment.", false);

        private final String sentence;
        private final boolean mayHaveArrived;

        Why(String sentence, boolean mayHaveArrived) {
            this.sentence = sentence;
            this.mayHaveArrived = mayHaveArrived;
        }

        /// Nothing when the failure is not the service's.
        static Optional<Why> of(Throwable failure) {
            for (Throwable it : Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                    .limit(10)
                    .toList()) {
                if (it instanceof TimeoutException) return Optional.of(SLOW);
                if (it instanceof BulkheadFullException) return Optional.of(BUSY);
                if (it instanceof FairShare.Exceeded) return Optional.of(SHARE);
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
        // Only the routes lead here.
        if (!(request.getAttribute(CIRCUITBREAKER_EXECUTION_EXCEPTION_ATTR) instanceof Throwable failure))
            throw new Refused.NotFound();
        String path = path(request);
        Optional<Why> service = Why.of(failure);
        if (service.isEmpty()) return notPassedOn(request, path, failure);
        Why why = service.get();
        if (why == Why.BROKEN) LOG.warn("{} {} broke: {}", request.getMethod(), path, failure.toString());
        ProblemDetail problem = why == Why.SHARE
                ? Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", why.sentence + outcome(request, why))
                : Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE, "service-unavailable", why.sentence + outcome(request, why));
        problem.setInstance(URI.create(path));
        problem.setProperty(
                "reason", why.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        return ResponseEntity.status(problem.getStatus())
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /// What is thrown before a service is asked is about the request: it could not be written anew.
    private static ResponseEntity<ProblemDetail> notPassedOn(
            HttpServletRequest request, String path, Throwable failure) {
        LOG.warn(
                "event=request.not-forwarded method={} path={} cause={}",
                request.getMethod(),
                path,
                failure.toString());
        ProblemDetail problem = Problem.of(
                HttpStatus.BAD_REQUEST, "bad-request", "The method, address or a header of this request is malformed.");
        problem.setInstance(URI.create(path));
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String outcome(HttpServletRequest request, Why why) {
        if (SAFE.contains(request.getMethod())) return " Ask again in a moment.";
        if (!why.mayHaveArrived) return " Nothing was changed; send the same again, with the same Idempotency-Key.";
        return " Whether something was changed is unknown: send the same again with the same Idempotency-Key, which"
                + " does it at most once; without a key, look first.";
    }

    private static String path(HttpServletRequest request) {
        @Nullable Object original = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        return original == null ? request.getRequestURI() : original.toString();
    }
}
