package koinon.projects.proposal;

import koinon.platform.document.Aggregates;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.EventType;
import koinon.platform.model.Heard;
import koinon.projects.call.Calls;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Hears what the funds answered to a selection.
@Component
final class AgreementListener {

    private final Inbox inbox;
    private final Aggregates aggregates;
    private final Calls calls;

    AgreementListener(Inbox inbox, Aggregates aggregates, Calls calls) {
        this.inbox = inbox;
        this.aggregates = aggregates;
        this.calls = calls;
    }

    @KafkaListener(topics = "koinon.funding", groupId = "projects.proposal.funding")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::hear);
    }

    private void hear(Foreign event, Heard heard) {
        Selection.Answer answer = switch (event) {
            case Reserved _ -> Selection.Answer.RESERVED;
            case Refused e -> Selection.Answer.refused(e.reason());
        };
        aggregates.react(
                Proposal.class,
                event.project(),
                heard,
                () -> new Proposal(event.project()),
                (proposal, by) -> proposal.hear(event.selection(), event.fund(), answer, calls::of, by));
    }

    /// What this service reads of the events of agreements here.
    sealed interface Foreign {
        String project();

        String fund();

        Integer selection();
    }

    @EventType("koinon.agreement.reserved.v1")
    record Reserved(String project, String fund, Integer selection) implements Foreign {}

    @EventType("koinon.agreement.refused.v1")
    record Refused(String project, String fund, Integer selection, String reason) implements Foreign {}
}
