package koinon.projects.submission;

import java.util.Set;
import koinon.eventing.document.ReplicaWriter;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import koinon.eventing.redaction.Redactions;
import koinon.projects.plan.Plan;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Stores each submission of a proposal as a document, and redacts it with its proposal.
@Component
final class SubmissionListener {

    private final Inbox inbox;
    private final ReplicaWriter known;

    SubmissionListener(Inbox inbox, ReplicaWriter known) {
        this.inbox = inbox;
        this.known = known;
    }

    @KafkaListener(topics = "koinon.projects", groupId = "projects.submission.projects")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::on);
    }

    private void on(Foreign event, EventEnvelope envelope) {
        switch (event) {
            case Foreign.Submitted it -> known.keep(submission(it, envelope));
            case Foreign.TextRedacted it -> known.redact(Submission.class, envelope.subject() + "/", it.in(envelope));
        }
    }

    static Submission submission(Foreign.Submitted event, EventEnvelope envelope) {
        return new Submission(
                envelope.position().toString(),
                envelope.id(),
                event.version(),
                event.callVersion(),
                envelope.at(),
                event.plan());
    }

    /// The proposal events that this listener reads.
    sealed interface Foreign {

        @EventType("koinon.proposal.submitted.v1")
        record Submitted(Integer version, Integer callVersion, Plan plan) implements Foreign {}

        @EventType("koinon.proposal.text-redacted.v1")
        record TextRedacted(String digest) implements Foreign {

            Redactions in(EventEnvelope envelope) {
                return new Redactions(envelope.id(), Set.of(digest));
            }
        }
    }
}
