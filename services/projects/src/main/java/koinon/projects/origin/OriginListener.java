package koinon.projects.origin;

import koinon.eventing.document.ReplicaWriter;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Keeps replicas of ideas and gatherings from their events.
@Component
final class OriginListener {

    private final Inbox inbox;
    private final ReplicaWriter known;

    OriginListener(Inbox inbox, ReplicaWriter known) {
        this.inbox = inbox;
        this.known = known;
    }

    @KafkaListener(topics = "koinon.cities", groupId = "projects.origin.cities")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::on);
    }

    private void on(Foreign event, EventEnvelope envelope) {
        known.set(KnownOrigin.class, envelope.subject(), envelope, new Update().set("state", state(event)));
    }

    private static KnownOrigin.State state(Foreign event) {
        return switch (event) {
            case IdeaRaised _, IdeaRaisedAgain _, GatheringAnnounced _, GatheringHeld _, HeldReversed _ ->
                KnownOrigin.State.OPEN;
            case IdeaDropped _ -> KnownOrigin.State.DROPPED;
            case GatheringCancelled _ -> KnownOrigin.State.CANCELLED;
        };
    }

    /// The events of ideas and gatherings that this listener reads.
    sealed interface Foreign {}

    @EventType("koinon.idea.raised.v1")
    record IdeaRaised() implements Foreign {}

    @EventType("koinon.idea.raised-again.v1")
    record IdeaRaisedAgain() implements Foreign {}

    @EventType("koinon.idea.dropped.v1")
    record IdeaDropped() implements Foreign {}

    @EventType("koinon.gathering.announced.v1")
    record GatheringAnnounced() implements Foreign {}

    @EventType("koinon.gathering.held.v1")
    record GatheringHeld() implements Foreign {}

    @EventType("koinon.gathering.held-reversed.v1")
    record HeldReversed() implements Foreign {}

    @EventType("koinon.gathering.cancelled.v1")
    record GatheringCancelled() implements Foreign {}
}
