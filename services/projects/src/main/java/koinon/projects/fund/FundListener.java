package koinon.projects.fund;

import koinon.platform.document.Known;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.EventType;
import koinon.platform.model.Heard;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Hears which funds there are.
@Component
final class FundListener {

    private final Inbox inbox;
    private final Known known;

    FundListener(Inbox inbox, Known known) {
        this.inbox = inbox;
        this.known = known;
    }

    @KafkaListener(topics = "koinon.funding", groupId = "projects.fund.funding")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::hear);
    }

    private void hear(Foreign event, Heard heard) {
        switch (event) {
            case Opened e -> {
                Update update = new Update()
                        .set("funder", e.funder())
                        .set("name", e.name())
                        .set("currency", e.currency());
                if (e.ownCity() != null) update.set("ownCity", e.ownCity());
                known.set(KnownFund.class, heard.id(), heard, update);
            }
        }
    }

    /// What this service reads of the events of funds.
    sealed interface Foreign {}

    @EventType("koinon.fund.opened.v1")
    record Opened(
            String funder,
            String name,
            String currency,
            @Nullable String ownCity) implements Foreign {}
}
