package koinon.projects.city;

import koinon.eventing.document.ReplicaWriter;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
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

    @KafkaListener(topics = "koinon.cities", groupId = "projects.city.cities")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::on);
    }

    private void on(Foreign event, EventEnvelope envelope) {
        known.set(KnownCity.class, envelope.id(), envelope, update(event));
    }

    private static Update update(Foreign event) {
        return switch (event) {
            case Registered e ->
                new Update()
                        .set("name", e.qualifiedName())
                        .set("country", e.country())
                        .set("region", e.region())
                        .set("state", e.cooperating() ? KnownCity.State.COOPERATING : KnownCity.State.CANDIDATE);
            case Designated e -> new Update().set("field", e.field()).set("state", KnownCity.State.DESIGNATED);
            case Corrected e -> new Update().set("region", e.region());
            case FieldChanged e -> new Update().set("field", e.field());
            case InvitedToLeave _ -> new Update().set("state", KnownCity.State.INVITED_TO_LEAVE);
            case InvitationWithdrawn _ -> new Update().set("state", KnownCity.State.DESIGNATED);
            case DesignationReversed e ->
                new Update()
                        .unset("field")
                        .set("state", e.cooperating() ? KnownCity.State.COOPERATING : KnownCity.State.CANDIDATE);
            case BecameCandidate _ -> new Update().unset("field").set("state", KnownCity.State.CANDIDATE);
            case BecameCooperating _ -> new Update().set("state", KnownCity.State.COOPERATING);
            case CityLeft _ -> new Update().set("state", KnownCity.State.LEFT);
        };
    }

    /// The city events that this listener reads.
    sealed interface Foreign {}

    @EventType("koinon.city.registered.v1")
    record Registered(
            String name,
            String country,
            @Nullable String region,
            @Nullable String qualifier,
            Boolean cooperating) implements Foreign {

        String qualifiedName() {
            return qualifier == null ? name : name + " (" + qualifier + ")";
        }
    }

    @EventType("koinon.city.designated.v1")
    record Designated(String field) implements Foreign {}

    @EventType("koinon.city.corrected.v1")
    record Corrected(String region) implements Foreign {}

    @EventType("koinon.city.field-changed.v1")
    record FieldChanged(String field) implements Foreign {}

    @EventType("koinon.city.invited-to-leave.v1")
    record InvitedToLeave() implements Foreign {}

    @EventType("koinon.city.invitation-withdrawn.v1")
    record InvitationWithdrawn() implements Foreign {}

    @EventType("koinon.city.designation-reversed.v1")
    record DesignationReversed(Boolean cooperating) implements Foreign {}

    @EventType("koinon.city.became-candidate.v1")
    record BecameCandidate() implements Foreign {}

    @EventType("koinon.city.became-cooperating.v1")
    record BecameCooperating() implements Foreign {}

    @EventType("koinon.city.left.v1")
    record CityLeft() implements Foreign {}
}
