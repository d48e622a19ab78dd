package koinon.projects.project;

import koinon.platform.document.Aggregates;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.EventType;
import koinon.projects.plan.Award;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Hears that a proposal was approved, from which its project follows, under the same id.
@Component
final class ProposalListener {

    private final Inbox inbox;
    private final Aggregates aggregates;

    ProposalListener(Inbox inbox, Aggregates aggregates) {
        this.inbox = inbox;
        this.aggregates = aggregates;
    }

    @KafkaListener(topics = "koinon.projects", groupId = "projects.project.projects")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, (event, heard) -> {
            switch (event) {
                case Foreign.Approved it ->
                    aggregates.react(
                            Project.class,
                            heard.id(),
                            heard,
                            () -> Project.awaited(heard.id()),
                            (project, by) -> project.approved(it.selection(), it.award(), by));
            }
        });
    }

    /// What a project needs of a proposal's events.
    sealed interface Foreign {

        @EventType("koinon.proposal.approved.v1")
        record Approved(Integer selection, Award award) implements Foreign {}
    }
}
