package koinon.gateway.part;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import koinon.gateway.audience.Reason;
import koinon.gateway.part.AgreementEvent.Closed;
import koinon.gateway.part.AgreementEvent.Declined;
import koinon.gateway.part.AgreementEvent.InForce;
import koinon.gateway.part.AgreementEvent.Offered;
import koinon.gateway.part.AgreementEvent.Planned;
import koinon.gateway.part.AgreementEvent.Refused;
import koinon.gateway.part.AgreementEvent.Released;
import koinon.gateway.part.AgreementEvent.Requested;
import koinon.gateway.part.AgreementEvent.Reserved;
import koinon.gateway.part.AgreementEvent.Resumed;
import koinon.gateway.part.AgreementEvent.Signed;
import koinon.gateway.part.AgreementEvent.Suspended;
import koinon.gateway.part.AgreementEvent.Terminated;
import koinon.gateway.part.AgreementEvent.TrancheAuthorised;
import koinon.gateway.part.AgreementEvent.TrancheBounced;
import koinon.gateway.part.AgreementEvent.TrancheCancelled;
import koinon.gateway.part.AgreementEvent.TrancheFailed;
import koinon.gateway.part.AgreementEvent.TranchePaid;
import koinon.gateway.part.AgreementEvent.TranchePayable;
import koinon.gateway.part.AgreementEvent.TrancheRequested;
import koinon.gateway.part.AgreementEvent.TrancheSent;
import koinon.gateway.part.AgreementEvent.TrancheUnfounded;
import koinon.gateway.part.AgreementEvent.TrancheWithheld;
import koinon.gateway.part.AgreementEvent.Weighted;
import koinon.gateway.reading.Message;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// What an agreement said. Never changed once anyone can see it: an event makes a copy, and a
/// change of what is kept puts another value or collection in place.
public final class AgreementPart implements Cloneable {

    /// Where an agreement stands, as its own events say.
    public enum State {
        REQUESTED,
        RESERVED,
        REFUSED,
        RELEASED,
        OFFERED,
        DECLINED,
        SIGNED,
        IN_FORCE,
        SUSPENDED,
        TERMINATED,
        CLOSED
    }

    /// Where a tranche stands, as its own events say.
    public enum Step {
        PLANNED,
        PAYABLE,
        REQUESTED,
        AUTHORISED,
        SENT,
        PAID,
        FAILED,
        BOUNCED,
        CANCELLED
    }

    /// A tranche of the agreement.
    ///
    /// @param milestones ids of the milestones it waits for
    /// @param payable fixed when the last condition was met; absent before
    /// @param reason why it was held back, failed, bounced or was cancelled
    /// @param unfounded why what it rested on no longer holds though it was sent; absent otherwise
    public record Tranche(
            String id,
            @Nullable Money planned,
            String waitsFor,
            List<String> milestones,
            Step step,
            @Nullable Money payable,
            @Nullable Reason reason,
            @Nullable Reason unfounded) {

        private static Tranche of(Planned it) {
            List<String> waited =
                    Award.listed(it.milestones()).stream().map(Weighted::id).toList();
            return new Tranche(it.id(), it.planned(), it.waitsFor(), waited, Step.PLANNED, null, null, null);
        }

        private Tranche at(Step next, @Nullable Reason why) {
            return new Tranche(id, planned, waitsFor, milestones, next, payable, why, unfounded);
        }

        private Tranche of(@Nullable Money amount) {
            return new Tranche(id, planned, waitsFor, milestones, step, amount, reason, null);
        }

        private Tranche paid(@Nullable Money amount) {
            Money arrived = amount == null ? payable : amount;
            return new Tranche(id, planned, waitsFor, milestones, Step.PAID, arrived, null, unfounded);
        }

        private Tranche unfounded(@Nullable Reason why) {
            return new Tranche(id, planned, waitsFor, milestones, step, payable, reason, why);
        }
    }

    private String id = "";
    private String project = "";
    private State state = State.REQUESTED;
    private String fund = "";
    private String beneficiary = "";
    private @Nullable Money amount;
    private @Nullable Money rest;
    private @Nullable Reason reason;
    private Map<String, Tranche> tranches = Collections.emptyMap();

    private AgreementPart() {}

    private AgreementPart(String id) {
        this.id = id;
    }

    @Override
    protected AgreementPart clone() {
        try {
            return (AgreementPart) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /// With what this event says; the same if it says nothing that is kept.
    public static @Nullable AgreementPart after(@Nullable AgreementPart before, Message message) {
        return message.as(AgreementEvent.class)
                .map(it -> {
                    var next = before == null ? new AgreementPart(message.id()) : before.clone();
                    next.project = it.project();
                    next.fund = it.fund();
                    next.when(it, message);
                    return next;
                })
                .orElse(before);
    }

    private void when(AgreementEvent event, Message message) {
        switch (event) {
            case Requested e -> {
                amount = e.amount();
                beneficiary = e.beneficiary();
                tranches = Collections.emptyMap();
                to(State.REQUESTED, null);
            }
            case Reserved _ -> to(State.RESERVED, null);
            case Refused e -> to(State.REFUSED, message.reason(e.reason()));
            case Released e -> to(State.RELEASED, message.reason(e.reason()));
            case Offered e -> {
                if (e.amount() != null) amount = e.amount();
                tranches = Collections.emptyMap();
                Award.listed(e.tranches()).forEach(it -> is(Tranche.of(it)));
                to(State.OFFERED, null);
            }
            case Declined e -> to(State.DECLINED, message.reason(e.reason()));
            case Signed _ -> to(State.SIGNED, null);
            case InForce e -> {
                if (e.amount() != null) amount = e.amount();
                to(State.IN_FORCE, null);
            }
            case Suspended _ -> to(State.SUSPENDED, null);
            case Resumed _ -> to(State.IN_FORCE, null);
            case Terminated e -> to(State.TERMINATED, message.reason(e.reason()));
            case Closed e -> {
                // It can close again: what was given back before stays given back.
                rest = rest == null || e.rest() == null ? e.rest() : rest.plus(e.rest());
                to(State.CLOSED, reason);
            }
            case TranchePayable e -> is(tranche(e.tranche()).of(e.amount()).at(Step.PAYABLE, null));
            case TrancheWithheld e ->
                is(tranche(e.tranche()).of((Money) null).at(Step.PLANNED, message.reason(e.reason())));
            case TrancheRequested e -> is(tranche(e.tranche()).at(Step.REQUESTED, null));
            case TrancheAuthorised e -> is(tranche(e.tranche()).at(Step.AUTHORISED, null));
            case TrancheSent e -> is(tranche(e.tranche()).at(Step.SENT, null));
            case TranchePaid e -> is(tranche(e.tranche()).paid(e.amount()));
            case TrancheFailed e -> is(tranche(e.tranche()).at(Step.FAILED, message.reason(e.reason())));
            case TrancheBounced e -> is(tranche(e.tranche()).at(Step.BOUNCED, message.reason(e.reason())));
            case TrancheCancelled e -> is(tranche(e.tranche()).at(Step.CANCELLED, message.reason(e.reason())));
            case TrancheUnfounded e -> is(tranche(e.tranche()).unfounded(message.reason(e.reason())));
        }
    }

    private void to(State next, @Nullable Reason why) {
        state = next;
        reason = why;
    }

    private Tranche tranche(String tranche) {
        return tranches.getOrDefault(
                tranche, new Tranche(tranche, null, "unknown", List.of(), Step.PLANNED, null, null, null));
    }

    private void is(Tranche tranche) {
        tranches = Copies.with(tranches, tranche.id(), tranche);
    }

    /// The money of an agreement.
    ///
    /// @param reserved held by the fund and not in force yet
    /// @param committed all that is in force, without what was given back
    /// @param payable earned and not paid
    public record Sums(Money reserved, Money committed, Money payable, Money paid) {}

    /// Its money; absent while no amount is known.
    public @Nullable Sums sums() {
        @Nullable Money agreed = amount;
        if (agreed == null) return null;
        Money none = Money.zero(agreed.currency());
        Money payable = none;
        Money paid = none;
        for (Tranche it : tranches.values()) {
            // An agreement has one currency; what names another one is not its money.
            if (it.payable() == null || !it.payable().currency().equals(agreed.currency())) continue;
            switch (it.step()) {
                case PLANNED, CANCELLED -> {}
                case PAYABLE, REQUESTED, AUTHORISED, SENT, FAILED, BOUNCED -> payable = payable.plus(it.payable());
                case PAID -> paid = paid.plus(it.payable());
            }
        }
        return switch (state) {
            case REQUESTED, REFUSED, RELEASED -> new Sums(none, none, payable, paid);
            case RESERVED, OFFERED, DECLINED, SIGNED -> new Sums(agreed, none, payable, paid);
            case IN_FORCE, SUSPENDED, TERMINATED, CLOSED ->
                new Sums(none, rest == null ? agreed : agreed.minus(rest), payable, paid);
        };
    }

    public String id() {
        return id;
    }

    /// The project that it gives money to.
    public String project() {
        return project;
    }

    public State state() {
        return state;
    }

    public String fund() {
        return fund;
    }

    /// The city that the fund pays; empty until it is known.
    public String beneficiary() {
        return beneficiary;
    }

    public @Nullable Money amount() {
        return amount;
    }

    /// What was left and given back whenever it was closed; absent before.
    public @Nullable Money rest() {
        return rest;
    }

    /// Why it was refused, released, declined or terminated.
    public @Nullable Reason reason() {
        return reason;
    }

    public Collection<Tranche> tranches() {
        return tranches.values();
    }
}
