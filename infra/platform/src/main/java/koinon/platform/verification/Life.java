package koinon.platform.verification;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import koinon.platform.document.Envelope;
import koinon.platform.inbox.Message;
import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventTypes;
import koinon.platform.model.RuleBroken;
import org.jspecify.annotations.Nullable;

/// One aggregate as its topic tells of it: its events numbered without a gap, each naming the hash of the one before
/// it, and the state that follows from them.
final class Life {

    private final Aggregate<DomainEvent> folded;
    private final Map<Long, String> hashes = new HashMap<>();
    private long last;
    private @Nullable String flaw;

    /// @param fresh an aggregate to which nothing has happened
    Life(Aggregate<DomainEvent> fresh) {
        this.folded = fresh;
    }

    /// Takes the next record of this aggregate.
    ///
    /// @return whether it is an event that has not been there before
    boolean takes(Message event) {
        long sequence = event.heard().sequence();
        String hash = Envelope.hash(event.headers(), event.value().getBytes(StandardCharsets.UTF_8));
        @Nullable String before = hashes.putIfAbsent(sequence, hash);
        if (before != null) {
            if (!before.equals(hash))
                flaw("Event " + sequence + " is on the topic more than once, and not with the same content.");
            return false;
        }
        if (sequence < last) flaw("Event " + sequence + " first comes after event " + last + " on the topic.");
        else if (sequence > last + 1)
            flaw(
                    last == 0
                            ? "Its first event on the topic is number " + sequence + "."
                            : "Event " + last + " is followed by event " + sequence + " on the topic.");
        else if (!Objects.equals(event.headers().get("ce_previous"), hashes.get(last)))
            flaw("Event " + sequence + " names another event before it than event " + last + " on the topic.");
        else if (flaw == null) happen(event, hash);
        last = Math.max(last, sequence);
        return true;
    }

    private void happen(Message event, String hash) {
        By by = new By(
                event.heard().actor(), List.of(), null, null, event.heard().at());
        try {
            Optional<? extends DomainEvent> known = event.event(EventTypes.eventsOf(folded.getClass()));
            known.ifPresentOrElse(
                    it -> folded.replay(it, by, hash),
                    () -> flaw("Event " + event.heard().sequence() + " is " + event.type()
                            + ", which cannot happen to it."));
        } catch (RuleBroken | Message.Unreadable e) {
            flaw("Event " + event.heard().sequence() + " (" + event.type() + ") cannot follow: " + e.getMessage());
        }
    }

    private void flaw(String sentence) {
        if (flaw == null) flaw = sentence;
    }

    /// What is wrong with its events on the topic, the first of it; absent when nothing is.
    @Nullable
    String flaw() {
        return flaw;
    }

    /// The number of its last event on the topic.
    long sequence() {
        return last;
    }

    /// What its events on the topic made of it, as long as nothing is wrong with them.
    Aggregate<DomainEvent> folded() {
        return folded;
    }
}
