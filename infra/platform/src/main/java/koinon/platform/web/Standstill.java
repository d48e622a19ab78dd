package koinon.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses commands for a moment after this process has stood still: stopped, starved, in a long collection. Whoever
/// sent what lies in its queues has given up since, and has maybe had it done by another copy, so long ago that the
/// answer is no longer kept under its Idempotency-Key. Refused, it is safe to send again; done now, it would be done
/// twice. It needs no clock that is right, only one that goes on.
final class Standstill extends OncePerRequestFilter {

    /// When a command arrived, of [System#nanoTime]; an attribute of the request.
    static final String ARRIVED = Standstill.class.getName() + ".arrived";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final long BEAT = Duration.ofMillis(100).toNanos();
    /// As long as the gateway waits for an answer.
    private static final long LONGEST = Duration.ofSeconds(2).toNanos();

    private static final long AFTERWARDS = Duration.ofSeconds(2).toNanos();

    private final LongSupplier nanos;
    private volatile long beaten;
    private volatile long until;

    /// @param nanos a clock that only goes forward
    Standstill(LongSupplier nanos) {
        this.nanos = nanos;
        this.beaten = nanos.getAsLong();
        this.until = beaten;
    }

    /// One that beats by itself as long as the process lives.
    static Standstill beating() {
        var it = new Standstill(System::nanoTime);
        Thread.ofPlatform().daemon().name("standstill").start(() -> {
            while (true) {
                it.beat();
                LockSupport.parkNanos(BEAT);
            }
        });
        return it;
    }

    synchronized void beat() {
        long now = nanos.getAsLong();
        if (now - beaten > LONGEST) until = now + AFTERWARDS;
        beaten = now;
    }

    /// Whether it has just stood still. Asked first by the one or by the other thread, it is noticed.
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
                        "busy",
                        "This copy has just stood still, and what it finds waiting may have been done elsewhere; nothing"
                                + " was done here. Send it again with the same Idempotency-Key."));
    }
}
