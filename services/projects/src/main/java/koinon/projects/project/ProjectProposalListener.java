package koinon.projects.project;

import koinon.eventing.document.Aggregates;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventType;
import koinon.projects.plan.ApprovedPlan;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Creates a project when its proposal is approved, under the same id, and redacts what is redacted in the
/// proposal.
@Component
final class ProjectProposalListener {

    private final Inbox inbox;
    private final Aggregates aggregates;

    ProjectProposalListener(Inbox inbox, Aggregates aggregates) {
        this.inbox = inbox;
        this.aggregates = aggregates;
    }

    @KafkaListener(topics = "koinon.projects", groupId = "projects.project.projects")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, (event, envelope) -> {
            switch (event) {
                case Foreign.Approved it ->
                    aggregates.react(
                            Project.class,
                            envelope.id(),
                            envelope,
                            () -> Project.placeholder(envelope.id()),
                            (project, by) -> project.approved(it.selection(), it.award(), by));
                case Foreign.TextRedacted it ->
                    aggregates.react(
                            Project.class,
                            envelope.id(),
                            envelope,
                            () -> Project.placeholder(envelope.id()),
                            (project, by) -> project.follow(it, by));
            }
        });
    }

    /// The proposal events that projects react to.
    sealed interface Foreign {

        @EventType("koinon.proposal.approved.v1")
        record Approved(Integer selection, ApprovedPlan award) implements Foreign {}

        @EventType("koinon.proposal.text-redacted.v1")
        record TextRedacted(String digest, String reason) implements Foreign, DomainEvent.TextRedacted {}
    }
}
