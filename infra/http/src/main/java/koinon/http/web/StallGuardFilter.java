package koinon.http.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import koinon.eventing.worker.BackgroundWorker;
import koinon.http.problem.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses commands for a moment after this process was stalled: stopped, starved, or in a long garbage collection.
/// The callers of the queued requests have given up since then. They may have repeated a command at another
/// instance so long ago that its result is no longer stored, and processing it now would do it twice. Refused, it
/// is safe to send again. The filter uses a monotonic clock.
final class StallGuardFilter extends OncePerRequestFilter {

    /// When a command arrived, of [System#nanoTime]; an attribute of the request.
    static final String ARRIVED = StallGuardFilter.class.getName() + ".arrived";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Duration BEAT = Duration.ofMillis(100);
    /// The time that the gateway waits for a response.
    private static final long LONGEST = Duration.ofSeconds(2).toNanos();

    private static final long AFTERWARDS = Duration.ofSeconds(2).toNanos();

    private final LongSupplier nanos;
    private volatile long beaten;
    private volatile long until;

    /// @param nanos a clock that only goes forward
    StallGuardFilter(LongSupplier nanos) {
        this.nanos = nanos;
        this.beaten = nanos.getAsLong();
        this.until = beaten;
    }

    /// A filter with its own heartbeat.
    static StallGuardFilter beating() {
        var it = new StallGuardFilter(System::nanoTime);
        // Begins at once and is never stopped: Tomcat may answer before and after Spring's lifecycle.
        new BackgroundWorker("stall-guard", () -> {
                    it.beat();
                    return BEAT;
                })
                .start();
        return it;
    }

    synchronized void beat() {
        long now = nanos.getAsLong();
        if (now - beaten > LONGEST) until = now + AFTERWARDS;
        beaten = now;
    }

    /// Whether the process was stalled just now. Both the heartbeat and the requests detect it, whichever runs
    /// first.
    boolean isOver() {
        beat();
        return until - nanos.getAsLong() <= 0;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(ARRIVED, nanos.getAsLong());
        if (isOver()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
        Problem.write(
                request,
                response,
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "busy.stalled",
                        "This instance was stalled and changed nothing; send the request again with the same"
                                + " Idempotency-Key."));
    }
}
