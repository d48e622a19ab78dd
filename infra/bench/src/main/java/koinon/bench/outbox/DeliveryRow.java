package koinon.bench.outbox;

import java.util.List;
import koinon.bench.load.Latencies;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;

/// From the saved command to an independent consumer.
final class DeliveryRow implements Row {

    private static final int PER_SECOND = 100;

    @Override
    public String name() {
        return "outbox-delivery";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        try (var tallies = new Tallies(environment, 200)) {
            environment.say("warms up");
            tallies.delivery(0, 2_000);
            tallies.delivery(PER_SECOND, 500);
            tallies.rawDelivery(PER_SECOND, 500);
            environment.say("2,000 commands at 100/s, then as many records that are only sent");
            Latencies delivery = tallies.delivery(PER_SECOND, 2_000);
            Latencies raw = tallies.rawDelivery(PER_SECOND, 2_000);
            Figure measured = delivery.slowestOfAHundred();
            String medians = "the medians are %s and %s".formatted(delivery.median(), raw.median());
            return List.of(
                    ResultLine.of("saved command to consumer at 100/s, p99", measured)
                            .below(20)
                            .noting(medians),
                    ResultLine.of("saved command to consumer at 100/s, p99, beside a raw send", measured)
                            .beside(raw.slowestOfAHundred())
                            .belowTimes(2, 10));
        }
    }
}
