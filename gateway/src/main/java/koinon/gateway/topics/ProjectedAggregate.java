package koinon.gateway.topics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The projected state of one aggregate, up to a sequence. Only its own events change it.
///
/// @param subject `<aggregate>/<id>`
/// @param sequence of its last event
/// @param place index of its partition in [koinon.eventing.topic.OffsetVector]
/// @param offset of its last event
/// @param changed offset of the last event that changed the state; -1 if none has
/// @param at time of the last such event that who takes part in the project may see
/// @param participantsChanged offset of that event; -1 if there is none
/// @param publicChanged offset of the last such event that is public after the approval; -1 if there is none
/// @param publicAt time of that event
/// @param state what a status needs of the aggregate; absent for types that a status does not need
public record ProjectedAggregate(
        String subject,
        long sequence,
        int place,
        long offset,
        long changed,
        Instant at,
        long participantsChanged,
        long publicChanged,
        Instant publicAt,
        @Nullable Object state) {

    /// An aggregate without events.
    public static ProjectedAggregate initial(String subject) {
        return new ProjectedAggregate(subject, 0, 0, -1, -1, Instant.EPOCH, -1, -1, Instant.EPOCH, null);
    }

    /// The aggregate after one of its events.
    ///
    /// @param next the state after the event; the same object if the event does not change it
    @SuppressWarnings("ReferenceEquality") // States are immutable.
    public ProjectedAggregate after(EventRecord message, @Nullable Object next) {
        long number = message.position().sequence();
        int place = message.place();
        long here = message.offset();
        if (next == state)
            return new ProjectedAggregate(
                    subject, number, place, here, changed, at, participantsChanged, publicChanged, publicAt, state);
        if (!message.isForParticipants())
            return new ProjectedAggregate(
                    subject, number, place, here, here, at, participantsChanged, publicChanged, publicAt, next);
        Instant now = message.isFact() ? message.at() : at;
        return message.isPublic()
                ? new ProjectedAggregate(subject, number, place, here, here, now, here, here, now, next)
                : new ProjectedAggregate(subject, number, place, here, here, now, here, publicChanged, publicAt, next);
    }

    /// Of two versions of one aggregate, that after the later event.
    public static ProjectedAggregate later(ProjectedAggregate one, ProjectedAggregate other) {
        return one.sequence() >= other.sequence() ? one : other;
    }

    /// The type of the aggregate.
    public String aggregate() {
        return subject.substring(0, subject.indexOf('/'));
    }

    /// The aggregate's id.
    public String id() {
        return subject.substring(subject.indexOf('/') + 1);
    }
}
