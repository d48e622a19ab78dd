package koinon.projects.submission;

import koinon.platform.document.Known;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.EventType;
import koinon.platform.model.Heard;
import koinon.projects.plan.Plan;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Keeps each submission of a proposal as a document of its own.
@Component
final class SubmissionListener {

    private final Inbox inbox;
    private final Known known;

    SubmissionListener(Inbox inbox, Known known) {
        this.inbox = inbox;
        this.known = known;
    }

    @KafkaListener(topics = "koinon.projects", groupId = "projects.submission.projects")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::hear);
    }

    private void hear(Foreign event, Heard heard) {
        switch (event) {
            case Foreign.Submitted it -> known.keep(submission(it, heard));
        }
    }

    static Submission submission(Foreign.Submitted event, Heard heard) {
        return new Submission(
                heard.position().toString(),
                heard.id(),
                event.version(),
                event.callVersion(),
                heard.at(),
                event.plan());
    }

    /// What is read of the events of proposals here.
    sealed interface Foreign {

        @EventType("koinon.proposal.submitted.v1")
        record Submitted(Integer version, Integer callVersion, Plan plan) implements Foreign {}
    }
}
