package koinon.funding.city;

import koinon.eventing.document.ReplicaWriter;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Keeps replicas of cities from their events.
@Component
final class CityListener {

    private final Inbox inbox;
    private final ReplicaWriter known;

    CityListener(Inbox inbox, ReplicaWriter known) {
        this.inbox = inbox;
        this.known = known;
    }

    @KafkaListener(topics = "koinon.cities", groupId = "funding.city.cities")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::on);
    }

    private void on(Foreign event, EventEnvelope envelope) {
        known.set(KnownCity.class, envelope.id(), envelope, update(event));
    }

    private static Update update(Foreign event) {
        return switch (event) {
            case Registered it -> new Update().set("name", it.name());
            case CityLeft _ -> new Update().set("left", true);
            case BecameCandidate _ -> new Update().set("left", false);
        };
    }

    /// The city events that this listener reads.
    sealed interface Foreign {}

    @EventType("koinon.city.registered.v1")
    record Registered(String name) implements Foreign {}

    @EventType("koinon.city.left.v1")
    record CityLeft() implements Foreign {}

    @EventType("koinon.city.became-candidate.v1")
    record BecameCandidate() implements Foreign {}
}
