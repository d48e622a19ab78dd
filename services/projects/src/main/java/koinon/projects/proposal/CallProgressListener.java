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
        proposals
                .callOf(envelope.id())
                .ifPresent(id -> aggregates.react(
                        Call.class,
                        id,
                        envelope,
                        () -> Call.placeholder(id),
                        (call, by) -> call.heard(envelope.id(), pending(event), by)));
    }

    /// How far a proposal is after an event; absent when its decision is final.
    private static @Nullable Pending pending(OfProposal event) {
        return switch (event) {
            case Submitted _, EligibilityReversed _ -> Pending.SUBMITTED;
            case FoundEligible _, DecisionReversed _ -> Pending.ELIGIBLE;
            case Selected _ -> Pending.SELECTED;
            case ReserveListed _ -> Pending.RESERVE_LISTED;
            case FoundIneligible _, NotApproved _, Approved _, Withdrawn _ -> null;
        };
    }

    /// The proposal events that change how far a proposal is.
    sealed interface OfProposal {}

    @EventType("koinon.proposal.submitted.v1")
    record Submitted() implements OfProposal {}

    @EventType("koinon.proposal.eligibility-reversed.v1")
    record EligibilityReversed() implements OfProposal {}

    @EventType("koinon.proposal.found-eligible.v1")
    record FoundEligible() implements OfProposal {}

    @EventType("koinon.proposal.decision-reversed.v1")
    record DecisionReversed() implements OfProposal {}

    @EventType("koinon.proposal.selected.v1")
    record Selected() implements OfProposal {}

    @EventType("koinon.proposal.reserve-listed.v1")
    record ReserveListed() implements OfProposal {}

    @EventType("koinon.proposal.found-ineligible.v1")
    record FoundIneligible() implements OfProposal {}

    @EventType("koinon.proposal.not-approved.v1")
    record NotApproved() implements OfProposal {}

    @EventType("koinon.proposal.approved.v1")
    record Approved() implements OfProposal {}

    @EventType("koinon.proposal.withdrawn.v1")
    record Withdrawn() implements OfProposal {}
}
