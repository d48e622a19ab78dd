package koinon.funding.agreement;

import java.time.LocalDate;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.value.Money;
import koinon.funding.agreement.payment.Booking;
import koinon.funding.agreement.payment.OfferedTranche;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.ledger.Posting;
import org.jspecify.annotations.Nullable;

/// The events of an agreement. Each names its project and its fund.
sealed interface AgreementEvent extends DomainEvent {

    String project();

    String fund();

    /// An event that ends the agreement, or an offer of it, with its reason.
    sealed interface Ending extends AgreementEvent {
        String reason();
    }

    /// The events of one tranche.
    sealed interface TrancheEvent extends AgreementEvent {
        String tranche();

        /// The tranche after this event.
        default Tranche after(Tranche it, Actor by) {
            return switch (this) {
                case TranchePayable e -> it.becomePayable(e.amount());
                case TrancheWithheld e -> it.withhold(e.reason());
                case TrancheRequested _ -> it.request(by.hands());
                case TrancheAuthorised _ -> it.authorise();
                case TrancheSent e -> it.send(e.reference());
                case TranchePaid e ->
                    it.pay(new Booking(e.bankReference(), e.bookedOn(), e.arrived(), e.fee()), by.hands());
                case TrancheFailed e -> it.fail(e.reason());
                case TrancheBounced e -> it.bounce(e.reason());
                case TrancheCancelled e -> it.cancel(e.reason(), by.hands());
                case TrancheUnfounded e -> it.markUnfounded(e.reason());
                case TrancheFounded _ -> it.markFounded();
                case TranchePaymentReversed _ -> it.reversePayment();
                case TrancheRestored _ -> it.restore();
            };
        }
    }

    @EventType("koinon.agreement.requested.v1")
    record AgreementRequested(
            String project,
            String call,
            String fund,
            int selection,
            Money amount,
            String beneficiary,
            List<String> partners)
            implements AgreementEvent {}

    @EventType("koinon.agreement.reserved.v1")
    record AgreementReserved(String project, String fund, String funder, int selection, Money amount)
            implements AgreementEvent {}

    /// @param funder absent when the fund does not exist
    @EventType("koinon.agreement.refused.v1")
    record AgreementRefused(
            String project,
            String fund,
            @Nullable String funder,
            int selection,
            @FreeText String reason) implements AgreementEvent {}

    @EventType("koinon.agreement.released.v1")
    record AgreementReleased(
            String project,
            String fund,
            int selection,
            Money amount,
            @FreeText String reason) implements Ending {}

    @EventType("koinon.agreement.offered.v1")
    record AgreementOffered(String project, String fund, Money amount, List<OfferedTranche> tranches)
            implements AgreementEvent {}

    @EventType("koinon.agreement.declined.v1")
    record AgreementDeclined(
            String project, String fund, @FreeText String reason) implements Ending {}

    @EventType("koinon.agreement.signed.v1")
    record AgreementSigned(String project, String fund) implements AgreementEvent {}

    @EventType("koinon.agreement.in-force.v1")
    record AgreementInForce(String project, String fund, String funder, Money amount, List<Posting> postings)
            implements AgreementEvent {}

    @EventType("koinon.agreement.suspended.v1")
    record AgreementSuspended(String project, String fund) implements AgreementEvent {}

    @EventType("koinon.agreement.resumed.v1")
    record AgreementResumed(String project, String fund) implements AgreementEvent {}

    @EventType("koinon.agreement.terminated.v1")
    record AgreementTerminated(
            String project, String fund, @FreeText String reason) implements Ending {}

    /// @param rest unpaid amount that returns to the fund
    @EventType("koinon.agreement.closed.v1")
    record AgreementClosed(String project, String fund, String funder, Money rest, List<Posting> postings)
            implements AgreementEvent {}

    /// @param amount final payable amount
    @EventType("koinon.agreement.tranche-payable.v1")
    record TranchePayable(String project, String fund, String tranche, Money amount) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-withheld.v1")
    record TrancheWithheld(
            String project,
            String fund,
            String tranche,
            @FreeText String reason) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-requested.v1")
    record TrancheRequested(String project, String fund, String tranche, Money amount) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-authorised.v1")
    record TrancheAuthorised(String project, String fund, String tranche) implements TrancheEvent {}

    /// @param reference reference of the payment order
    @EventType("koinon.agreement.tranche-sent.v1")
    record TrancheSent(String project, String fund, String tranche, String reference) implements TrancheEvent {}

    /// @param amount the ordered amount, which counts as paid
    /// @param bankReference reference of the bank's booking
    /// @param bookedOn day of the bank's booking
    /// @param arrived amount that the beneficiary received
    /// @param fee bank charges deducted from the amount; absent when all of it arrived
    @EventType("koinon.agreement.tranche-paid.v1")
    record TranchePaid(
            String project,
            String fund,
            String funder,
            String tranche,
            Money amount,
            String bankReference,
            LocalDate bookedOn,
            Money arrived,
            @Nullable Money fee,
            List<Posting> postings)
            implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-failed.v1")
    record TrancheFailed(
            String project,
            String fund,
            String tranche,
            @FreeText String reason) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-bounced.v1")
    record TrancheBounced(
            String project,
            String fund,
            String funder,
            String tranche,
            Money amount,
            @FreeText String reason,
            List<Posting> postings)
            implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-cancelled.v1")
    record TrancheCancelled(
            String project,
            String fund,
            String tranche,
            @FreeText String reason) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-unfounded.v1")
    record TrancheUnfounded(
            String project,
            String fund,
            String tranche,
            @FreeText String reason) implements TrancheEvent {}

    /// A payment was recorded by mistake; it is at the bank again.
    @EventType("koinon.agreement.tranche-payment-reversed.v1")
    record TranchePaymentReversed(
            String project,
            String fund,
            String funder,
            String tranche,
            Money amount,
            @FreeText String reason,
            List<Posting> postings)
            implements TrancheEvent {}

    /// A tranche was cancelled by mistake; it waits for its conditions again.
    @EventType("koinon.agreement.tranche-restored.v1")
    record TrancheRestored(
            String project,
            String fund,
            String tranche,
            @FreeText String reason) implements TrancheEvent {}

    /// What was paid is earned again: the milestones that it rests on were verified again.
    @EventType("koinon.agreement.tranche-founded.v1")
    record TrancheFounded(String project, String fund, String tranche) implements TrancheEvent {}

    /// A text that its proposal or its project has redacted is redacted here too.
    @EventType("koinon.agreement.text-redacted.v1")
    record TextRedacted(
            String project,
            String fund,
            String digest,
            @FreeText String reason) implements AgreementEvent, DomainEvent.TextRedacted {}

    @EventType("koinon.agreement.next-changed.v1")
    record NextChanged(String project, String fund) implements AgreementEvent, NextActionsChanged {}
}
