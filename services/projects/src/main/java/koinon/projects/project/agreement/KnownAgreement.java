package koinon.projects.project.agreement;

import static koinon.projects.project.agreement.KnownAgreement.State.IN_FORCE;
import static koinon.projects.project.agreement.KnownAgreement.State.SUSPENDED;

import java.util.List;
import java.util.stream.Stream;
import koinon.projects.plan.ApprovedPlan;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;

/// What a project knows about one of its agreements. The agreement's events are the source; this is the state after
/// the latest one, which decides when the project may start and when it may be closed.
///
/// @param fund id of the fund
/// @param funder id of the funder; absent until an event named it
/// @param sent ids of the tranches that were sent to the bank and did not come back
public record KnownAgreement(String fund, @Nullable String funder, State state, List<String> sent) {

    public KnownAgreement {
        sent = List.copyOf(sent);
    }

    /// An agreement of which no tranche was sent.
    public static KnownAgreement of(String fund, @Nullable String funder, State state) {
        return new KnownAgreement(fund, funder, state, List.of());
    }

    /// The agreement's state after the latest received event.
    public enum State {
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
    public KnownAgreement following(KnownAgreement before) {
        return new KnownAgreement(fund, funder == null ? before.funder : funder, state, before.sent);
    }

    /// The same agreement after a tranche was sent to the bank, or came back.
    public KnownAgreement sent(String tranche, boolean now) {
        Stream<String> others = sent.stream().filter(it -> !it.equals(tranche));
        return new KnownAgreement(
                fund,
                funder,
                state,
                now ? Stream.concat(others, Stream.of(tranche)).toList() : others.toList());
    }

    /// Whether it has paid for the completion of the project, or closed after it.
    ///
    /// @param plan with the tranche scheme
    public boolean restsOnCompletion(ApprovedPlan plan) {
        return state == State.CLOSED
                || plan.tranches().stream()
                        .filter(it -> it.waitsFor().equals(Tranche.COMPLETION))
                        .anyMatch(it -> sent.contains(it.id()));
    }

    /// Whether its money is committed; a suspended agreement is still in force.
    public boolean isInForce() {
        return state == IN_FORCE || state == SUSPENDED;
    }

    /// Whether it moves no more money.
    public boolean isDone() {
        return switch (state) {
            case CLOSED, RELEASED, REFUSED -> true;
            case REQUESTED, RESERVED, OFFERED, SIGNED, DECLINED, IN_FORCE, SUSPENDED, TERMINATED -> false;
        };
    }

    /// Whether its fund takes part in the project, or did until the end.
    public boolean isPartOfFunding() {
        return switch (state) {
            case REFUSED, RELEASED -> false;
            case REQUESTED, RESERVED, OFFERED, SIGNED, DECLINED, IN_FORCE, SUSPENDED, TERMINATED, CLOSED -> true;
        };
    }
}
