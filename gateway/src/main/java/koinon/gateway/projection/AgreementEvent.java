package koinon.gateway.projection;

import java.util.List;
import koinon.eventing.model.EventType;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// The events of an agreement; each one names the project and the fund.
public sealed interface AgreementEvent {

    String project();

    String fund();

    /// An event of one tranche.
    sealed interface OfTranche extends AgreementEvent {
        String tranche();
    }

    @EventType("koinon.agreement.requested.v1")
    record Requested(String project, String fund, Money amount, String beneficiary) implements AgreementEvent {}

    @EventType("koinon.agreement.reserved.v1")
    record Reserved(String project, String fund) implements AgreementEvent {}

    @EventType("koinon.agreement.refused.v1")
    record Refused(String project, String fund, @Nullable String reason) implements AgreementEvent {}

    @EventType("koinon.agreement.released.v1")
    record Released(String project, String fund, @Nullable String reason) implements AgreementEvent {}

    @EventType("koinon.agreement.offered.v1")
    record Offered(String project, String fund, @Nullable Money amount, List<Planned> tranches)
            implements AgreementEvent {}

    @EventType("koinon.agreement.declined.v1")
    record Declined(String project, String fund, @Nullable String reason) implements AgreementEvent {}

    @EventType("koinon.agreement.signed.v1")
    record Signed(String project, String fund) implements AgreementEvent {}

    @EventType("koinon.agreement.in-force.v1")
    record InForce(String project, String fund, @Nullable Money amount) implements AgreementEvent {}

    @EventType("koinon.agreement.suspended.v1")
    record Suspended(String project, String fund) implements AgreementEvent {}

    @EventType("koinon.agreement.resumed.v1")
    record Resumed(String project, String fund) implements AgreementEvent {}

    @EventType("koinon.agreement.terminated.v1")
    record Terminated(String project, String fund, @Nullable String reason) implements AgreementEvent {}

    @EventType("koinon.agreement.closed.v1")
    record Closed(String project, String fund, Money rest) implements AgreementEvent {}

    @EventType("koinon.agreement.tranche-payable.v1")
    record TranchePayable(String project, String fund, String tranche, Money amount) implements OfTranche {}

    @EventType("koinon.agreement.tranche-withheld.v1")
    record TrancheWithheld(
            String project,
            String fund,
            String tranche,
            @Nullable String reason) implements OfTranche {}

    @EventType("koinon.agreement.tranche-requested.v1")
    record TrancheRequested(String project, String fund, String tranche) implements OfTranche {}

    @EventType("koinon.agreement.tranche-authorised.v1")
    record TrancheAuthorised(String project, String fund, String tranche) implements OfTranche {}

    @EventType("koinon.agreement.tranche-sent.v1")
    record TrancheSent(String project, String fund, String tranche) implements OfTranche {}

    @EventType("koinon.agreement.tranche-paid.v1")
    record TranchePaid(
            String project,
            String fund,
            String tranche,
            @Nullable Money amount) implements OfTranche {}

    @EventType("koinon.agreement.tranche-failed.v1")
    record TrancheFailed(
            String project,
            String fund,
            String tranche,
            @Nullable String reason) implements OfTranche {}

    @EventType("koinon.agreement.tranche-bounced.v1")
    record TrancheBounced(
            String project,
            String fund,
            String tranche,
            @Nullable String reason) implements OfTranche {}

    @EventType("koinon.agreement.tranche-cancelled.v1")
    record TrancheCancelled(
            String project,
            String fund,
            String tranche,
            @Nullable String reason) implements OfTranche {}

    @EventType("koinon.agreement.tranche-unfounded.v1")
    record TrancheUnfounded(String project, String fund, String tranche, String reason) implements OfTranche {}

    @EventType("koinon.agreement.tranche-payment-reversed.v1")
    record TranchePaymentReversed(String project, String fund, String tranche, String reason) implements OfTranche {}

    @EventType("koinon.agreement.tranche-restored.v1")
    record TrancheRestored(String project, String fund, String tranche, String reason) implements OfTranche {}

    @EventType("koinon.agreement.tranche-founded.v1")
    record TrancheFounded(String project, String fund, String tranche) implements OfTranche {}

    /// A tranche as the fund offers it.
    record Planned(
            String id,
            Money planned,
            String waitsFor,
            @Nullable List<Weighted> milestones) {}

    /// A milestone that is a condition of a tranche, and its weight.
    record Weighted(String id, @Nullable Integer weight) {}
}
