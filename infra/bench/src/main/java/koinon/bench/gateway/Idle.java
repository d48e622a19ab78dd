package koinon.bench.gateway;

import java.io.IOException;
import java.time.Duration;

/// Waits until a launched system has finished its background work, such as storing the timelines of projects that were
/// just seeded. On a machine of two processors that work would be measured instead of the requests.
final class Idle {

    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final double BUSY = 0.1;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private Idle() {}

    /// Waits until the processes that this one has started use less than a tenth of a processor, all together.
    ///
    /// @return how long that took
    /// @throws IOException if they are still busy after a quarter of an hour
    static Duration await() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long before = processorTime();
        while (System.nanoTime() - begin < LONGEST.toNanos()) {
            Thread.sleep(WINDOW);
            long now = processorTime();
            if (now - before < BUSY * WINDOW.toNanos()) return Duration.ofNanos(System.nanoTime() - begin);
            before = now;
        }
        throw new IOException("The system is still busy after " + LONGEST);
    }

    private static long processorTime() {
        return ProcessHandle.current()
                .descendants()
                .flatMap(it -> it.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }
}
