package koinon.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;

/// Load on HTTP over some connections: each sends its next request as soon as the one before is answered, or at an
/// even pace.
///
/// The generator is `wrk` where it is installed and can send what is asked for, else [ThinClient]. Both use one
/// thread, because a generator must not take the processors that it measures. Nothing counts before the rate is
/// steady ([WarmUp]).
public final class HttpLoad {

    private HttpLoad() {}

    /// @param requests the first connection sends the first, the next the next, and round again
    /// @param perSecond of all connections together; 0 for as many as are answered
    /// @param seconds for which it counts, after the warm-up
    public record Plan(URI server, List<Request> requests, int connections, double perSecond, int seconds) {

        public Plan(URI server, List<Request> requests, int connections, int seconds) {
            this(server, requests, connections, 0, seconds);
        }

        /// At an even pace; each request counts from when it was due.
        public Plan at(double perSecond) {
            return new Plan(server, requests, connections, perSecond, seconds);
        }
    }

    /// @param failures answers with another status than 2xx and 3xx, and broken connections
    /// @param generator that sent the requests
    /// @param warmUp how long it took until the rate was steady
    public record Result(double perSecond, Latencies latencies, long failures, String generator, WarmUp warmUp) {

        public Figure rate() {
            return Figure.perSecond(perSecond);
        }

        /// Fails if a request failed, because an error is answered faster than a result.
        public Result withoutFailures() throws IOException {
            if (failures > 0) throw new IOException(failures + " requests failed");
            return this;
        }

        /// For the note of a line.
        public String conditions() {
            return "load by " + generator + ", " + warmUp;
        }
    }

    /// What was measured in one window.
    record Window(double perSecond, Latencies latencies, long failures) {}

    public static Result run(BenchEnvironment environment, Plan plan) throws IOException, InterruptedException {
        Result result = Wrk.canSend(plan)
                ? Wrk.run(plan)
                : environment.away(
                        ThinClient.class,
                        plan,
                        Result.class,
                        "64m",
                        WarmUp.LONGEST.plus(Duration.ofSeconds(plan.seconds() + 60L)));
        environment.say(result.conditions());
        return result;
    }
}
