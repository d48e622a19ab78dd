package koinon.eventing.tally;

import static koinon.eventing.tally.Tally.State.CLOSED;
import static koinon.eventing.tally.Tally.State.OPEN;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.model.NotFromEvents;
import org.springframework.data.mongodb.core.mapping.Document;

/// Counts what it is told and what it hears, until it is closed.
@Document("tallies")
public final class Tally extends Aggregate<TallyEvent> {

    /// Hearing this is not counted: it allows the keeper to close the tally.
    public static final String ENOUGH = "enough";

    private State state = OPEN;
    private List<String> counted = new ArrayList<>();
    private List<String> closedBy = List.of();

    @NotFromEvents
    private List<String> envelope = new ArrayList<>();

    public enum State implements Lifecycle<State> {
        OPEN("count."),
        CLOSED("open another.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        State after(TallyEvent event) {
            return switch (event) {
                case TallyEvent.Opened _, TallyEvent.Counted _ -> from(OPEN);
                case TallyEvent.Closed _ -> from(OPEN).to(CLOSED);
                case TallyEvent.NextChanged _ -> this;
            };
        }
    }

    public Tally() {}

    public Tally(String id) {
        super(id);
    }

    public static Tally open(String id, String title, Actor by) {
        Tally tally = new Tally(id);
        tally.raise(new TallyEvent.Opened(title), by);
        return tally;
    }

    public void count(String what, Actor by) {
        raise(new TallyEvent.Counted(what, null), by);
    }

    public void close(Actor by) {
        raise(new TallyEvent.Closed(), by);
    }

    /// Keeps what it heard, and counts it when it is open for it.
    public void on(String what, Actor by) {
        envelope.add(what);
        if (state == OPEN && sequence() > 0 && !what.equals(ENOUGH)) count(what, by);
    }

    public List<String> counted() {
        return List.copyOf(counted);
    }

    public List<String> envelope() {
        return List.copyOf(envelope);
    }

    /// Who closed it, and whom that person stood in for.
    public List<String> closedBy() {
        return List.copyOf(closedBy);
    }

    @Override
    protected void when(TallyEvent event, Actor by) {
        state = state.after(event);
        switch (event) {
            case TallyEvent.Counted it -> {
                counted.add(it.what());
                touch(it.what());
            }
            case TallyEvent.Closed _ -> closedBy = by.hands();
            case TallyEvent.Opened _, TallyEvent.NextChanged _ -> {}
        }
    }

    @Override
    public PublishedState publishedState() {
        return PublishedState.of(state);
    }

    @Override
    protected Stream<NextAction> nextActions() {
        return state == OPEN && envelope.contains(ENOUGH)
                ? Stream.of(NextAction.of("tally.close", Right.of("keeper@tallies"), "Close the tally."))
                : Stream.of();
    }

    @Override
    protected TallyEvent nextActionsChanged() {
        return new TallyEvent.NextChanged();
    }
}
