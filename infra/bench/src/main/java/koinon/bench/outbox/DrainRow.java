package koinon.bench.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import koinon.bench.load.Latencies;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.bench.tally.TallyLoad.Kind;

/// What an outage of the broker left behind, while new commands come.
final class DrainRow implements Row {

    private static final int LEFT_BEHIND = 50_000;
    private static final int EVENTS_OF_A_COMMAND = 5;
    private static final int PER_SECOND = 100;

    @Override
    public String name() {
        return "outbox-drain";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        try (var tallies = new Tallies(environment, 5_000);
                var beside = Executors.newSingleThreadExecutor()) {
            environment.say("warms up, and takes the usual figures");
            tallies.delivered(5_000, 1);
            tallies.rawSends(0, LEFT_BEHIND);
            tallies.delivery(PER_SECOND, 500);
            double raw = tallies.rawSends(0, LEFT_BEHIND).perSecond();
            Latencies usual = tallies.load(Kind.COMMAND, PER_SECOND, 1_000, 1).latencies();
            tallies.delivery(PER_SECOND, 10);
            Arrivals arrivals = tallies.arrivals();
            long before = arrivals.events();

            environment.say("kills the broker, and has commands raise 50,000 events");
            tallies.system().kill("broker");
            tallies.load(Kind.COMMAND, 0, LEFT_BEHIND / EVENTS_OF_A_COMMAND, EVENTS_OF_A_COMMAND);
            environment.say("starts the broker again; new commands come at 100/s");
            Callable<Latencies> coming =
                    () -> tallies.load(Kind.COMMAND, PER_SECOND, 1_500, 1).latencies();
            Future<Drained> draining = beside.submit(() -> drained(arrivals, before));
            tallies.system().restart("broker");
            long ready = System.nanoTime();
            ProcessorTime spent = tallies.processorTime();
            Latencies meanwhile = spent.during(coming);
            double perSecond = draining.get().perSecond(ready);
            return List.of(
                    ResultLine.of("events drained after an outage", Figure.perSecond(perSecond))
                            .beside(Figure.perSecond(raw))
                            .atLeast(5_000)
                            .noting("50,000 events of 5,000 aggregates, from the broker's return"),
                    ResultLine.of("a command meanwhile, p99", meanwhile.slowestOfAHundred())
                            .beside(usual.slowestOfAHundred())
                            .belowTimes(2, 0)
                            .missedBecause("the draining and the commands share the processors; processor time of a "
                                    + "drained event " + spent.each(LEFT_BEHIND)));
        }
    }

    /// When the first and the last of them came.
    private record Drained(long first, long last) {

        double perSecond(long ready) {
            return LEFT_BEHIND * 1e9 / (last - Math.min(first, ready));
        }
    }

    private static Drained drained(Arrivals arrivals, long before) throws IOException, InterruptedException {
        arrivals.await(before + 1, Duration.ofMinutes(4));
        long first = System.nanoTime();
        arrivals.await(before + LEFT_BEHIND, Duration.ofMinutes(4));
        return new Drained(first, System.nanoTime());
    }
}
