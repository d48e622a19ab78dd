package koinon.trials.bench.tally;

import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import org.springframework.data.mongodb.core.mapping.Document;

/// Counts what it is told; the smallest aggregate there can be.
@Document("tallies")
final class Tally extends Aggregate<TallyEvent> {

    private long total;

    Tally() {}

    Tally(String id) {
        super(id);
    }

    static Tally open(String id, By by) {
        Tally tally = new Tally(id);
        tally.raise(new TallyEvent.Opened("Votes of " + id), by);
        return tally;
    }

    void count(String what, By by) {
        raise(new TallyEvent.Counted(what, total + 1), by);
    }

    /// Counts without saying so to anybody: no event, no outbox.
    void countSilently() {
        total++;
    }

    @Override
    protected void when(TallyEvent event, By by) {
        switch (event) {
            case TallyEvent.Opened _ -> {}
            case TallyEvent.Counted it -> total = it.total();
        }
    }
}
