package koinon.trials.bench.outbox;

import java.util.List;
import koinon.trials.bench.row.Figure;
import koinon.trials.bench.row.Ground;
import koinon.trials.bench.row.Line;
import koinon.trials.bench.row.Row;
import koinon.trials.bench.tally.Load.Kind;

/// The most events that the relay delivers, in order per key.
final class ThroughputRow implements Row {

    private static final int COUNT = 3_000;

    @Override
    public String name() {
        return "outbox-throughput";
    }

    @Override
    public List<Line> measure(Ground ground) throws Exception {
        try (var tallies = new Tallies(ground, 1_000)) {
            ground.say("warms up");
            tallies.delivered(COUNT, 1);
            tallies.load(Kind.SAVE, 0, COUNT, 0);
            ground.say("8 writers of 1,000 tallies, with and without outbox in turn");
            double one = 0;
            double ten = 0;
            double saves = 0;
            int rounds = 3;
            for (int round = 0; round < rounds; round++) {
                one += tallies.delivered(COUNT, 1) / rounds;
                saves += tallies.load(Kind.SAVE, 0, COUNT, 0).perSecond() / rounds;
                ten += tallies.delivered(COUNT / 2, 10) / rounds;
            }
            return List.of(
                    Line.of("events delivered, commands of one event", Figure.perSecond(one))
                            .beside(Figure.perSecond(saves))
                            .atLeastTimes(0.8)
                            .noting("beside the same load, change and save without an outbox")
                            .missedBecause("the outbox is written twice into its document, with the save and when "
                                    + "it is emptied; the database, not the relay, is busy"),
                    Line.of("events delivered, commands of ten events", Figure.perSecond(ten))
                            .beside(Figure.perSecond(saves))
                            .atLeastTimes(0.8));
        }
    }
}
