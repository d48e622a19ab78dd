package koinon.bench.tally;

import koinon.eventing.actor.Actor;
import koinon.eventing.model.Aggregate;
import org.springframework.data.mongodb.core.mapping.Document;

/// Counts events; the smallest possible aggregate.
@Document("tallies")
final class Tally extends Aggregate<TallyEvent> {

    private long total;

    Tally() {}

    Tally(String id) {
        super(id);
    }

    static Tally open(String id, Actor by) {
        Tally tally = new Tally(id);
        tally.raise(new TallyEvent.Opened("Votes of " + id), by);
        return tally;
    }

    void count(String what, Actor by) {
        raise(new TallyEvent.Counted(what, total + 1), by);
    }

    /// Counts without saying so to anybody: no event, no outbox.
    void countSilently() {
        total++;
    }

    @Override
    protected void when(TallyEvent event, Actor by) {
        switch (event) {
            case TallyEvent.Opened _ -> {}
            case TallyEvent.Counted it -> total = it.total();
        }
    }
}
