package koinon.projects.project;

import static koinon.projects.project.KnownAgreement.State.IN_FORCE;
import static koinon.projects.project.KnownAgreement.State.SUSPENDED;

import org.jspecify.annotations.Nullable;

/// What a project knows about one of its agreements. The agreement's events are the source; this is the state after
/// the latest one, which decides when the project may start and when it may be closed.
///
/// @param fund id of the fund
/// @param funder id of the funder; absent until an event named it
record KnownAgreement(String fund, @Nullable String funder, State state) {

    /// The agreement's state after the latest received event.
    enum State {
        REQUESTED,
        RESERVED,
        REFUSED,
        OFFERED,
        SIGNED,
        DECLINED,
        IN_FORCE,
        SUSPENDED,
        TERMINATED,
        RELEASED,
        CLOSED
    }

    /// The same agreement, with what an earlier event said and this one does not.
    KnownAgreement following(KnownAgreement before) {
        return new KnownAgreement(fund, funder == null ? before.funder : funder, state);
    }

    /// Whether its money is committed; a suspended agreement is still in force.
    boolean isInForce() {
        return state == IN_FORCE || state == SUSPENDED;
    }

    /// Whether it moves no more money.
    boolean isDone() {
        return switch (state) {
            case CLOSED, RELEASED, REFUSED -> true;
            case REQUESTED, RESERVED, OFFERED, SIGNED, DECLINED, IN_FORCE, SUSPENDED, TERMINATED -> false;
        };
    }

    /// Whether its fund takes part in the project, or did until the end.
    boolean isPartOfFunding() {
        return switch (state) {
            case REFUSED, RELEASED -> false;
            case REQUESTED, RESERVED, OFFERED, SIGNED, DECLINED, IN_FORCE, SUSPENDED, TERMINATED, CLOSED -> true;
        };
    }
}
