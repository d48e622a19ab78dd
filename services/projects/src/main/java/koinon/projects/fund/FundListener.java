package koinon.projects.fund;

import koinon.eventing.document.ReplicaWriter;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Keeps replicas of funds from their events.
@Component
final class FundListener {

    private final Inbox inbox;
    private final ReplicaWriter known;

    FundListener(Inbox inbox, ReplicaWriter known) {
        this.inbox = inbox;
        this.known = known;
    }

    @KafkaListener(topics = "koinon.funding", groupId = "projects.fund.funding")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::on);
    }

    private void on(Foreign event, EventEnvelope envelope) {
        switch (event) {
            case Opened e -> {
                Update update = new Update()
                        .set("funder", e.funder())
                        .set("name", e.name())
                        .set("currency", e.currency());
                if (e.ownCity() != null) update.set("ownCity", e.ownCity());
                known.set(KnownFund.class, envelope.id(), envelope, update);
            }
        }
    }

    /// The fund events that this listener reads.
    sealed interface Foreign {}

    @EventType("koinon.fund.opened.v1")
    record Opened(
            String funder,
            String name,
            String currency,
            @Nullable String ownCity) implements Foreign {}
}
