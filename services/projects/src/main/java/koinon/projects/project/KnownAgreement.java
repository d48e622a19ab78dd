package koinon.projects.project;

import static koinon.projects.project.KnownAgreement.Standing.IN_FORCE;
import static koinon.projects.project.KnownAgreement.Standing.SUSPENDED;

/// What a project has heard of one of its funding agreements. The agreement's events are the record; this is the
/// last of them, kept so that the project knows when it may start and when it may be closed.
///
/// @param fund the fund whose money it is
record KnownAgreement(String fund, Standing standing) {

    /// Where the agreement stands, by its last event that was heard.
    enum Standing {
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

    /// Whether its money is committed: suspended with the project, it is still in force.
    boolean isInForce() {
        return standing == IN_FORCE || standing == SUSPENDED;
    }

    /// Whether no money moves by it any more.
    boolean isDone() {
        return switch (standing) {
            case CLOSED, RELEASED, REFUSED -> true;
            case REQUESTED, RESERVED, OFFERED, SIGNED, DECLINED, IN_FORCE, SUSPENDED, TERMINATED -> false;
        };
    }

    /// Whether its fund takes part in the project, or did to the end.
    boolean isPartOfFunding() {
        return switch (standing) {
            case REFUSED, RELEASED -> false;
            case REQUESTED, RESERVED, OFFERED, SIGNED, DECLINED, IN_FORCE, SUSPENDED, TERMINATED, CLOSED -> true;
        };
    }
}
