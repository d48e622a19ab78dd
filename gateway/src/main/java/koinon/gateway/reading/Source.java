package koinon.gateway.reading;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One aggregate as far as it has been heard: only its own events change it, and its sequence says up to which.
///
/// @param subject `<aggregate>/<id>`
/// @param sequence of its last event
/// @param place where its events are read: index of the partition in [Offsets]
/// @param offset of its last event
/// @param changed offset of the last event that changed what is kept; -1 if none has
/// @param at when that happened
/// @param publicChanged offset of the last of them that is public once the project is approved; -1 if none is
/// @param publicAt when that happened
/// @param kept what a status needs of it; absent for one of which nothing is needed
public record Source(
        String subject,
        long sequence,
        int place,
        long offset,
        long changed,
        Instant at,
        long publicChanged,
        Instant publicAt,
        @Nullable Object kept) {

    /// Nothing has been heard of it.
    public static Source unheard(String subject) {
        return new Source(subject, 0, 0, -1, -1, Instant.EPOCH, -1, Instant.EPOCH, null);
    }

    /// After an event of it.
    ///
    /// @param next what is kept now; the same object if the event says nothing that is kept
    @SuppressWarnings("ReferenceEquality") // Parts are never changed.
    public Source after(Message message, @Nullable Object next) {
        long number = message.position().sequence();
        int place = message.place();
        long here = message.offset();
        if (next == kept) return new Source(subject, number, place, here, changed, at, publicChanged, publicAt, kept);
        Instant now = message.at();
        return message.isPublic()
                ? new Source(subject, number, place, here, here, now, here, now, next)
                : new Source(subject, number, place, here, here, now, publicChanged, publicAt, next);
    }

    /// The kind of aggregate.
    public String aggregate() {
        return subject.substring(0, subject.indexOf('/'));
    }

    /// The aggregate's id.
    public String id() {
        return subject.substring(subject.indexOf('/') + 1);
    }
}
