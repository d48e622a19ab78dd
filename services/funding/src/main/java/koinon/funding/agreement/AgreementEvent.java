package koinon.funding.agreement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import koinon.funding.ledger.Posting;
import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventType;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// Everything that can happen to an agreement between a fund and a project's beneficiary. Each names project and
/// fund.
sealed interface AgreementEvent extends DomainEvent {

    String project();

    String fund();

    /// What happens to one of its tranches.
    sealed interface TrancheEvent extends AgreementEvent {
        String tranche();
    }

    /// A tranche as it is offered: shares have become amounts.
    ///
    /// @param waitsFor `in-force`, `milestones` or `completion`
    /// @param milestones what earns it, each with its weight in it
    record OfferedTranche(String id, Money planned, String waitsFor, List<Weight> milestones) {}

    /// @param weight part of the tranche that this milestone earns, of one
    record Weight(String id, BigDecimal weight) {}

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

    /// @param funder absent when nobody has opened the fund
    @EventType("koinon.agreement.refused.v1")
    record AgreementRefused(
            String project, String fund, @Nullable String funder, int selection, String reason)
            implements AgreementEvent {}

    @EventType("koinon.agreement.released.v1")
    record AgreementReleased(String project, String fund, int selection, Money amount, String reason)
            implements AgreementEvent {}

    @EventType("koinon.agreement.offered.v1")
    record AgreementOffered(String project, String fund, Money amount, List<OfferedTranche> tranches)
            implements AgreementEvent {}

    @EventType("koinon.agreement.declined.v1")
    record AgreementDeclined(String project, String fund, String reason) implements AgreementEvent {}

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
    record AgreementTerminated(String project, String fund, String reason) implements AgreementEvent {}

    /// @param rest what was not paid and goes back to the fund
    @EventType("koinon.agreement.closed.v1")
    record AgreementClosed(String project, String fund, String funder, Money rest, List<Posting> postings)
            implements AgreementEvent {}

    /// @param amount fixed from here on
    @EventType("koinon.agreement.tranche-payable.v1")
    record TranchePayable(String project, String fund, String tranche, Money amount) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-withheld.v1")
    record TrancheWithheld(String project, String fund, String tranche, String reason) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-requested.v1")
    record TrancheRequested(String project, String fund, String tranche, Money amount) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-authorised.v1")
    record TrancheAuthorised(String project, String fund, String tranche) implements TrancheEvent {}

    /// @param reference of the order to the bank
    @EventType("koinon.agreement.tranche-sent.v1")
    record TrancheSent(String project, String fund, String tranche, String reference) implements TrancheEvent {}

    /// @param amount what was ordered, which is paid
    /// @param bankReference of the bank's booking
    /// @param bookedOn the day of the bank's booking
    /// @param arrived what the beneficiary received
    /// @param fee what banks kept of the amount; absent where all arrived
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
    record TrancheFailed(String project, String fund, String tranche, String reason) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-bounced.v1")
    record TrancheBounced(
            String project,
            String fund,
            String funder,
            String tranche,
            Money amount,
            String reason,
            List<Posting> postings)
            implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-cancelled.v1")
    record TrancheCancelled(String project, String fund, String tranche, String reason) implements TrancheEvent {}

    @EventType("koinon.agreement.tranche-unfounded.v1")
    record TrancheUnfounded(String project, String fund, String tranche, String reason) implements TrancheEvent {}
}
