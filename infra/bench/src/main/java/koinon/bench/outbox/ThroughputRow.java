package koinon.bench.outbox;

import java.util.List;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.bench.tally.TallyLoad.Kind;

/// The most events that the relay delivers, in order per key.
final class ThroughputRow implements Row {

    private static final int COUNT = 3_000;

    @Override
    public String name() {
        return "outbox-throughput";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        try (var tallies = new Tallies(environment, 1_000)) {
            environment.say("warms up");
            tallies.delivered(COUNT, 1);
            tallies.load(Kind.SAVE, 0, COUNT, 0);
            environment.say("8 writers of 1,000 tallies, with and without outbox in turn");
            double one = 0;
            double ten = 0;
            double saves = 0;
            int rounds = 3;
            ProcessorTime ofEvents = tallies.processorTime();
            ProcessorTime ofSaves = tallies.processorTime();
            for (int round = 0; round < rounds; round++) {
                one += ofEvents.during(() -> tallies.delivered(COUNT, 1)) / rounds;
                saves += ofSaves.during(() -> tallies.load(Kind.SAVE, 0, COUNT, 0))
                                .perSecond()
                        / rounds;
                ten += tallies.delivered(COUNT / 2, 10) / rounds;
            }
            return List.of(
                    ResultLine.of("events delivered, commands of one event", Figure.perSecond(one))
                            .beside(Figure.perSecond(saves))
                            .atLeastTimes(0.8)
                            .noting("beside the same load, change and save without an outbox")
                            .missedBecause("processor time of an event " + ofEvents.each(rounds * COUNT)
                                    + ", of a save " + ofSaves.each(rounds * COUNT)),
                    ResultLine.of("events delivered, commands of ten events", Figure.perSecond(ten))
                            .beside(Figure.perSecond(saves))
                            .atLeastTimes(0.8));
        }
    }
}
