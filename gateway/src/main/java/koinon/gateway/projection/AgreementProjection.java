package koinon.gateway.projection;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import koinon.eventing.value.Money;
import koinon.gateway.audience.Reason;
import koinon.gateway.projection.AgreementEvent.Closed;
import koinon.gateway.projection.AgreementEvent.Declined;
import koinon.gateway.projection.AgreementEvent.InForce;
import koinon.gateway.projection.AgreementEvent.Offered;
import koinon.gateway.projection.AgreementEvent.Planned;
import koinon.gateway.projection.AgreementEvent.Refused;
import koinon.gateway.projection.AgreementEvent.Released;
import koinon.gateway.projection.AgreementEvent.Requested;
import koinon.gateway.projection.AgreementEvent.Reserved;
import koinon.gateway.projection.AgreementEvent.Resumed;
import koinon.gateway.projection.AgreementEvent.Signed;
import koinon.gateway.projection.AgreementEvent.Suspended;
import koinon.gateway.projection.AgreementEvent.Terminated;
import koinon.gateway.projection.AgreementEvent.TrancheAuthorised;
import koinon.gateway.projection.AgreementEvent.TrancheBounced;
import koinon.gateway.projection.AgreementEvent.TrancheCancelled;
import koinon.gateway.projection.AgreementEvent.TrancheFailed;
import koinon.gateway.projection.AgreementEvent.TrancheFounded;
import koinon.gateway.projection.AgreementEvent.TranchePaid;
import koinon.gateway.projection.AgreementEvent.TranchePayable;
import koinon.gateway.projection.AgreementEvent.TranchePaymentReversed;
import koinon.gateway.projection.AgreementEvent.TrancheRequested;
import koinon.gateway.projection.AgreementEvent.TrancheRestored;
import koinon.gateway.projection.AgreementEvent.TrancheSent;
import koinon.gateway.projection.AgreementEvent.TrancheUnfounded;
import koinon.gateway.projection.AgreementEvent.TrancheWithheld;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// The facts of one agreement that a status shows.
public final class AgreementProjection extends Projection<AgreementEvent> {

    /// A tranche of the agreement.
    ///
    /// @param payable set when the last condition was met; absent before
    /// @param reason why it was withheld, failed, bounced or was cancelled
    /// @param unfounded why the conditions of a tranche that was sent are no longer met; absent otherwise
    public record Tranche(
            String id,
            @Nullable Money planned,
            String waitsFor,
            @Nullable Money payable,
            @Nullable Reason reason,
            @Nullable Reason unfounded) {

        private static Tranche of(Planned it) {
            return new Tranche(it.id(), it.planned(), it.waitsFor(), null, null, null);
        }

        private Tranche because(@Nullable Reason why) {
            return new Tranche(id, planned, waitsFor, payable, why, unfounded);
        }

        private Tranche of(@Nullable Money amount) {
            return new Tranche(id, planned, waitsFor, amount, reason, null);
        }

        private Tranche paid(@Nullable Money amount) {
            return new Tranche(id, planned, waitsFor, amount == null ? payable : amount, null, unfounded);
        }

        private Tranche unfounded(@Nullable Reason why) {
            return new Tranche(id, planned, waitsFor, payable, reason, why);
        }
    }

    private String id = "";
    private String project = "";
    private String fund = "";
    private String beneficiary = "";
    private @Nullable Money amount;
    private @Nullable Reason reason;
    private Map<String, Tranche> tranches = Collections.emptyMap();

    private AgreementProjection() {}

    public AgreementProjection(String id) {
        this.id = id;
    }

    @Override
    protected void when(AgreementEvent event, EventRecord message) {
        project = event.project();
        fund = event.fund();
        switch (event) {
            case Requested e -> {
                amount = e.amount();
                beneficiary = e.beneficiary();
                tranches = Collections.emptyMap();
                reason = null;
            }
            case Reserved _ -> reason = null;
            case Refused e -> reason = message.reason(e.reason());
            case Released e -> reason = message.reason(e.reason());
            case Offered e -> {
                if (e.amount() != null) amount = e.amount();
                tranches = Collections.emptyMap();
                ApprovedPlan.listed(e.tranches()).forEach(it -> is(Tranche.of(it)));
                reason = null;
            }
            case Declined e -> reason = message.reason(e.reason());
            case Signed _ -> reason = null;
            case InForce e -> {
                if (e.amount() != null) amount = e.amount();
                reason = null;
            }
            case Suspended _ -> reason = null;
            case Resumed _ -> reason = null;
            case Terminated e -> reason = message.reason(e.reason());
            case Closed _ -> {}
            case TranchePayable e -> is(tranche(e.tranche()).of(e.amount()).because(null));
            case TrancheWithheld e -> is(tranche(e.tranche()).of((Money) null).because(message.reason(e.reason())));
            case TrancheRequested e -> is(tranche(e.tranche()).because(null));
            case TrancheAuthorised e -> is(tranche(e.tranche()).because(null));
            case TrancheSent e -> is(tranche(e.tranche()).because(null));
            case TranchePaid e -> is(tranche(e.tranche()).paid(e.amount()));
            case TrancheFailed e -> is(tranche(e.tranche()).because(message.reason(e.reason())));
            case TrancheBounced e -> is(tranche(e.tranche()).because(message.reason(e.reason())));
            case TrancheCancelled e -> is(tranche(e.tranche()).because(message.reason(e.reason())));
            case TrancheUnfounded e -> is(tranche(e.tranche()).unfounded(message.reason(e.reason())));
            case TranchePaymentReversed e -> is(tranche(e.tranche()).because(message.reason(e.reason())));
            case TrancheRestored e -> is(tranche(e.tranche()).of((Money) null).because(message.reason(e.reason())));
            case TrancheFounded e -> is(tranche(e.tranche()).unfounded(null));
        }
    }

    private Tranche tranche(String tranche) {
        return tranches.getOrDefault(tranche, new Tranche(tranche, null, "unknown", null, null, null));
    }

    private void is(Tranche tranche) {
        tranches = ImmutableCollections.with(tranches, tranche.id(), tranche);
    }

    public String id() {
        return id;
    }

    /// The id of the project that receives the money.
    public String project() {
        return project;
    }

    public String fund() {
        return fund;
    }

    /// The city that the fund pays; empty while unknown.
    public String beneficiary() {
        return beneficiary;
    }

    public @Nullable Money amount() {
        return amount;
    }

    /// Why the agreement was refused, released, declined or terminated.
    public @Nullable Reason reason() {
        return reason;
    }

    public Collection<Tranche> tranches() {
        return tranches.values();
    }

    @Override
    protected String projectOf(String id) {
        return project;
    }
}
