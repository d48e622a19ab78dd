package koinon.projects.group;

import java.util.List;
import koinon.eventing.document.ReplicaWriter;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Keeps replicas of groups from their events.
@Component
final class GroupListener {

    private final Inbox inbox;
    private final ReplicaWriter known;

    GroupListener(Inbox inbox, ReplicaWriter known) {
        this.inbox = inbox;
        this.known = known;
    }

    @KafkaListener(topics = "koinon.cities", groupId = "projects.group.cities")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::on);
    }

    private void on(Foreign event, EventEnvelope envelope) {
        Update update = switch (event) {
            case GroupRegistered it -> members(it.definition()).set("name", it.name());
            case GroupChanged it -> members(it.definition());
        };
        known.set(KnownGroup.class, envelope.id(), envelope, update);
    }

    private static Update members(Definition now) {
        return new Update().set("countries", now.countries()).set("cities", now.cities());
    }

    /// The events of groups that this listener reads.
    sealed interface Foreign {}

    @EventType("koinon.group.registered.v1")
    record GroupRegistered(String name, Definition definition) implements Foreign {}

    @EventType("koinon.group.changed.v1")
    record GroupChanged(Definition definition) implements Foreign {}

    record Definition(List<String> countries, List<String> cities) {}
}
