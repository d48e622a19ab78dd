package koinon.projects.proposal;

import koinon.eventing.document.Aggregates;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import koinon.projects.call.Calls;
import koinon.projects.proposal.selection.Selection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tells a proposal the answers of the funds to its selection, that its call releases decisions, and what is
/// redacted in its project.
@Component
final class ProposalListener {

    private final Inbox inbox;
    private final Aggregates aggregates;
    private final Proposals proposals;
    private final Calls calls;

    ProposalListener(Inbox inbox, Aggregates aggregates, Proposals proposals, Calls calls) {
        this.inbox = inbox;
        this.aggregates = aggregates;
        this.proposals = proposals;
        this.calls = calls;
    }

    @KafkaListener(topics = "koinon.funding", groupId = "projects.proposal.funding")
    void onFunding(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, OfAgreement.class, this::on);
    }

    @KafkaListener(topics = "koinon.projects", groupId = "projects.proposal.projects")
    void onProjects(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, OfProjects.class, this::on);
    }

    private void on(OfAgreement event, EventEnvelope envelope) {
        Selection.Answer answer = switch (event) {
            case Reserved _ -> Selection.Answer.RESERVED;
            case Refused e -> Selection.Answer.refused(e.reason());
        };
        aggregates.react(
                Proposal.class,
                event.project(),
                envelope,
                () -> new Proposal(event.project()),
                (proposal, by) -> proposal.on(
                        event.selection(),
                        event.fund(),
                        answer,
                        calls.find(proposal.call()).orElse(null),
                        by));
    }

    private void on(OfProjects event, EventEnvelope envelope) {
        switch (event) {
            case DecisionsReleased e -> released(e, envelope);
            case TextRedacted e ->
                aggregates.react(
                        Proposal.class,
                        envelope.id(),
                        envelope,
                        () -> new Proposal(envelope.id()),
                        (proposal, by) -> proposal.follow(e, by));
        }
    }

    /// A decision that is recorded meanwhile has seen this release, or waits for the next one.
    private void released(DecisionsReleased event, EventEnvelope envelope) {
        for (String id : proposals.withRecordedDecision(envelope.id()))
            aggregates.react(Proposal.class, id, envelope, () -> new Proposal(id), (proposal, by) -> {
                if (proposal.recordedDecision() != null)
                    proposal.release(event.number(), proposals.factsOf(proposal), by);
            });
    }

    /// The agreement events that proposals react to.
    sealed interface OfAgreement {
        String project();

        String fund();

        Integer selection();
    }

    @EventType("koinon.agreement.reserved.v1")
    record Reserved(String project, String fund, Integer selection) implements OfAgreement {}

    @EventType("koinon.agreement.refused.v1")
    record Refused(String project, String fund, Integer selection, String reason) implements OfAgreement {}

    /// The events of this service that proposals react to.
    sealed interface OfProjects {}

    @EventType("koinon.call.decisions-released.v1")
    record DecisionsReleased(Integer number) implements OfProjects {}

    @EventType("koinon.project.text-redacted.v1")
    record TextRedacted(String digest, String reason) implements OfProjects, DomainEvent.TextRedacted {}
}
