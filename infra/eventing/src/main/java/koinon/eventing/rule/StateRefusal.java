package koinon.eventing.rule;

import java.time.Instant;

/// A command was refused because of the state that an aggregate or a part of it is in: rule `wrong-state`.
public final class StateRefusal extends RuleViolation {

    private final String possible;
    private final String state;
    private final String way;

    /// @param possible the states that allow it
    /// @param state the state that it is in
    /// @param way what leads on from there
    public StateRefusal(String possible, String state, String way) {
        super("wrong-state", "This is possible in %s. It is %s: %s", "possible", possible, "state", state, "way", way);
        this.possible = possible;
        this.state = state;
        this.way = way;
    }

    /// The name of the state that it is in.
    public String state() {
        return state;
    }

    /// The same refusal, with what is known of how it came into its state.
    ///
    /// @param by in which capacity somebody brought it there
    public RuleViolation since(Instant since, String by) {
        return new RuleViolation(
                "wrong-state.since",
                "This is possible in %s. It is %s since %s, by %s: %s",
                "possible",
                possible,
                "state",
                state,
                "since",
                since,
                "by",
                by,
                "way",
                way);
    }
}
