package koinon.projects.proposal;

import koinon.eventing.document.Aggregates;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import koinon.projects.call.Call;
import koinon.projects.call.Call.Pending;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tells a call how far its proposals are: it is concluded only when each that was submitted has its decision.
@Component
final class CallProgressListener {

    private final Inbox inbox;
    private final Aggregates aggregates;
    private final Proposals proposals;

    CallProgressListener(Inbox inbox, Aggregates aggregates, Proposals proposals) {
        this.inbox = inbox;
        this.aggregates = aggregates;
        this.proposals = proposals;
    }

    @KafkaListener(topics = "koinon.projects", groupId = "projects.call.projects")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, OfProposal.class, this::on);
    }

    private void on(OfProposal event, EventEnvelope envelope) {
        @Nullable Pending now = event.pending();
        proposals
                .callOf(envelope.id())
                .ifPresent(id -> aggregates.react(
                        Call.class,
                        id,
                        envelope,
                        () -> Call.placeholder(id),
                        (call, by) -> call.heard(envelope.id(), now, by)));
    }

    /// The proposal events that change how far a proposal is.
    sealed interface OfProposal {

        /// How far it is after the event; absent when its decision is final.
        @Nullable
        Pending pending();
    }

    sealed interface ToDecide extends OfProposal {
        @Override
        default Pending pending() {
            return Pending.SUBMITTED;
        }
    }

    sealed interface ToSelect extends OfProposal {
        @Override
        default Pending pending() {
            return Pending.ELIGIBLE;
        }
    }

    sealed interface Final extends OfProposal {
        @Override
        default @Nullable Pending pending() {
            return null;
        }
    }

    @EventType("koinon.proposal.submitted.v1")
    record Submitted() implements ToDecide {}

    @EventType("koinon.proposal.eligibility-reversed.v1")
    record EligibilityReversed() implements ToDecide {}

    @EventType("koinon.proposal.found-eligible.v1")
    record FoundEligible() implements ToSelect {}

    @EventType("koinon.proposal.decision-reversed.v1")
    record DecisionReversed() implements ToSelect {}

    @EventType("koinon.proposal.selected.v1")
    record Selected() implements OfProposal {
        @Override
        public Pending pending() {
            return Pending.SELECTED;
        }
    }

    @EventType("koinon.proposal.reserve-listed.v1")
    record ReserveListed() implements OfProposal {
        @Override
        public Pending pending() {
            return Pending.RESERVE_LISTED;
        }
    }

    @EventType("koinon.proposal.found-ineligible.v1")
    record FoundIneligible() implements Final {}

    @EventType("koinon.proposal.not-approved.v1")
    record NotApproved() implements Final {}

    @EventType("koinon.proposal.approved.v1")
    record Approved() implements Final {}

    @EventType("koinon.proposal.withdrawn.v1")
    record Withdrawn() implements Final {}
}
