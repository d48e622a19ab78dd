package koinon.trials.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import koinon.trials.bench.row.Figure;
import koinon.trials.bench.row.Ground;
import koinon.trials.bench.row.Job;
import org.HdrHistogram.Histogram;

/// Sends requests over some connections, each as soon as the one before is answered or at an even pace, and says how
/// long they took.
public final class Load implements Job<Load.Plan, Load.Result> {

    private static final int STEPS = 3;

    /// @param requests the first connection sends the first, the next the next, and round again
    /// @param perSecond of all connections together; 0 for as many as are answered
    /// @param warmUp in seconds, before it counts
    /// @param seconds for which it counts
    /// @param most requests in all
    public record Plan(
            URI server, List<Request> requests, int connections, double perSecond, int warmUp, int seconds, long most) {

        public Plan(URI server, List<Request> requests, int connections, int warmUp, int seconds) {
            this(server, requests, connections, 0, warmUp, seconds, Long.MAX_VALUE);
        }

        /// At an even pace; each request counts from when it was due.
        public Plan at(double perSecond) {
            return new Plan(server, requests, connections, perSecond, warmUp, seconds, most);
        }
    }

    /// @param statuses how often each HTTP status was answered
    public record Result(double perSecond, Latencies latencies, Map<Integer, Long> statuses) {

        public Figure rate() {
            return Figure.perSecond(perSecond);
        }

        /// Refuses when anything but this was answered: what fails fast is not fast.
        public Result all(int status) throws IOException {
            if (!statuses.keySet().equals(java.util.Set.of(status)))
                throw new IOException("Not all were answered " + status + ": " + statuses);
            return this;
        }
    }

    /// Carries a plan out in a process of its own.
    public static Result run(Ground ground, Plan plan) throws IOException, InterruptedException {
        return ground.away(
                Load.class, plan, Result.class, "256m", Duration.ofSeconds(plan.warmUp() + plan.seconds() + 60));
    }

    @Override
    public Result on(Plan plan) throws Exception {
        long begin = System.nanoTime();
        var lanes = new ArrayList<Lane>();
        for (int number = 0; number < plan.connections(); number++) lanes.add(new Lane(plan, number, begin));
        try (var threads = Executors.newFixedThreadPool(plan.connections())) {
            for (Future<Lane> lane : threads.invokeAll(lanes)) lane.get();
        }
        var latencies = new Histogram(STEPS);
        var statuses = new TreeMap<Integer, Long>();
        for (Lane lane : lanes) {
            latencies.add(lane.latencies);
            lane.statuses.forEach((status, count) -> statuses.merge(status, count, Long::sum));
        }
        return new Result(latencies.getTotalCount() / (double) plan.seconds(), Latencies.of(latencies), statuses);
    }

    /// What happens on one connection.
    private static final class Lane implements Callable<Lane> {

        private final Plan plan;
        private final int number;
        private final long begin;
        private final long counted;
        private final long end;
        private final List<Request> requests = new ArrayList<>();
        private final String[] etags;
        private final Histogram latencies = new Histogram(STEPS);
        private final Map<Integer, Long> statuses = new TreeMap<>();

        Lane(Plan plan, int number, long begin) {
            this.plan = plan;
            this.number = number;
            this.begin = begin;
            this.counted = begin + Duration.ofSeconds(plan.warmUp()).toNanos();
            this.end = counted + Duration.ofSeconds(plan.seconds()).toNanos();
            for (int at = number % plan.requests().size(); at < plan.requests().size(); at += plan.connections())
                requests.add(plan.requests().get(at));
            etags = new String[requests.size()];
            java.util.Arrays.fill(etags, "*");
        }

        @Override
        public Lane call() throws IOException {
            var connection = new Connection(plan.server());
            try {
                for (long turn = 0; turn * plan.connections() < plan.most(); turn++) {
                    long due = due(turn);
                    if (due >= end) break;
                    if (send(connection, turn, due)) continue;
                    connection.close();
                    connection = new Connection(plan.server());
                }
            } finally {
                connection.close();
            }
            return this;
        }

        private long due(long turn) {
            if (plan.perSecond() == 0) return System.nanoTime();
            long due = begin + (long) ((turn * plan.connections() + number) * 1e9 / plan.perSecond());
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                LockSupport.parkNanos(left);
            return due;
        }

        /// @return whether the server keeps the connection open
        private boolean send(Connection connection, long turn, long due) throws IOException {
            int which = (int) (turn % requests.size());
            requests.get(which).send(connection, turn * plan.connections() + number, etags[which]);
            Connection.Head head = connection.head();
            connection.skipBody(head);
            String etag = head.header("etag");
            if (!etag.isEmpty()) etags[which] = etag;
            if (due >= counted) {
                latencies.recordValue(System.nanoTime() - due);
                statuses.merge(head.status(), 1L, Long::sum);
            }
            return !head.header("connection").equals("close");
        }
    }
}
