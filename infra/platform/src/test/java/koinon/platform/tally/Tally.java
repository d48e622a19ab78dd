package koinon.platform.tally;

import static koinon.platform.tally.Tally.State.CLOSED;
import static koinon.platform.tally.Tally.State.OPEN;

import java.util.ArrayList;
import java.util.List;
import koinon.platform.model.Aggregate;
import koinon.platform.model.BesideEvents;
import koinon.platform.model.By;
import koinon.platform.model.Lifecycle;
import org.springframework.data.mongodb.core.mapping.Document;

/// Counts what it is told and what it hears, until it is closed.
@Document("tallies")
public final class Tally extends Aggregate<TallyEvent> {

    private State state = OPEN;
    private List<String> counted = new ArrayList<>();

    @BesideEvents
    private List<String> heard = new ArrayList<>();

    public enum State implements Lifecycle<State> {
        OPEN,
        CLOSED;

        State after(TallyEvent event) {
            return switch (event) {
                case TallyEvent.Opened _, TallyEvent.Counted _ -> from(OPEN);
                case TallyEvent.Closed _ -> from(OPEN).to(CLOSED);
            };
        }
    }

    public Tally() {}

    public Tally(String id) {
        super(id);
    }

    public static Tally open(String id, String title, By by) {
        Tally tally = new Tally(id);
        tally.raise(new TallyEvent.Opened(title), by);
        return tally;
    }

    public void count(String what, By by) {
        raise(new TallyEvent.Counted(what, null), by);
    }

    public void close(By by) {
        raise(new TallyEvent.Closed(), by);
    }

    /// Keeps what it heard, and counts it when it is open for it.
    public void hear(String what, By by) {
        heard.add(what);
        if (state == OPEN && sequence() > 0) count(what, by);
    }

    public List<String> counted() {
        return List.copyOf(counted);
    }

    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    protected void when(TallyEvent event, By by) {
        state = state.after(event);
        switch (event) {
            case TallyEvent.Counted it -> {
                counted.add(it.what());
                touch(it.what());
            }
            case TallyEvent.Opened _, TallyEvent.Closed _ -> {}
        }
    }
}
