package koinon.eventing.consistency;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.actor.Right;
import koinon.eventing.document.CloudEventWriter;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventTypes;
import koinon.eventing.rule.RuleViolation;
import org.jspecify.annotations.Nullable;

/// One aggregate, replayed from its topic. Checks that its events are numbered without a gap and that each contains
/// the hash of the event before it.
final class ReplayedAggregate {

    private final Aggregate<DomainEvent> folded;
    private final Map<Long, String> hashes = new HashMap<>();
    private long last;
    private @Nullable String nextActions;
    private @Nullable String inconsistency;

    /// @param fresh an aggregate without events
    ReplayedAggregate(Aggregate<DomainEvent> fresh) {
        this.folded = fresh;
    }

    /// Takes the next record of this aggregate.
    ///
    /// @return whether this event was not read before
    boolean accept(ReceivedEvent event) {
        long sequence = event.envelope().sequence();
        String hash = CloudEventWriter.hash(event.headers(), event.value().getBytes(StandardCharsets.UTF_8));
        @Nullable String before = hashes.putIfAbsent(sequence, hash);
        if (before != null) {
            if (!before.equals(hash))
                inconsistency("Event " + sequence + " is on the topic more than once, and not with the same content.");
            return false;
        }
        if (sequence < last) inconsistency("Event " + sequence + " first comes after event " + last + " on the topic.");
        else if (sequence > last + 1)
            inconsistency(
                    last == 0
                            ? "Its first event on the topic is number " + sequence + "."
                            : "Event " + last + " is followed by event " + sequence + " on the topic.");
        else if (!Objects.equals(event.headers().get("ce_previous"), hashes.get(last)))
            inconsistency("Event " + sequence + " names another event before it than event " + last + " on the topic.");
        else if (inconsistency == null) apply(event, hash);
        if (sequence > last) nextActions = event.headers().get("ce_next");
        last = Math.max(last, sequence);
        return true;
    }

    private void apply(ReceivedEvent event, String hash) {
        Actor by = new Actor(
                event.envelope().actor(),
                List.of(),
                null,
                acting(event.headers()),
                event.envelope().at());
        try {
            Optional<? extends DomainEvent> known = event.event(EventTypes.eventsOf(folded.getClass()));
            known.ifPresentOrElse(
                    it -> folded.replay(it, by, hash),
                    () -> inconsistency("Event " + event.envelope().sequence() + " is " + event.type()
                            + ", which cannot happen to it."));
        } catch (RuleViolation | ReceivedEvent.Unreadable e) {
            inconsistency("Event " + event.envelope().sequence() + " (" + event.type() + ") cannot follow: "
                    + e.getMessage());
        }
    }

    /// The mandate that an event names, as far as rules need it.
    private static @Nullable Mandate acting(Map<String, String> headers) {
        @Nullable String named = headers.get("ce_mandate");
        if (named == null) return null;
        int end = named.indexOf(':');
        Right right = Right.of(named.substring(end + 1));
        return new Mandate(
                named.substring(0, end), right.role(), right.scope(), null, null, headers.get("ce_on_behalf_of"));
    }

    private void inconsistency(String sentence) {
        if (inconsistency == null) inconsistency = sentence;
    }

    /// The first inconsistency of its events; absent when there is none.
    @Nullable
    String inconsistency() {
        return inconsistency;
    }

    /// The number of its last event on the topic.
    long sequence() {
        return last;
    }

    /// The next actions in its last event on the topic.
    @Nullable
    String nextActions() {
        return nextActions;
    }

    /// The aggregate after its events, valid while there is no inconsistency.
    Aggregate<DomainEvent> folded() {
        return folded;
    }
}
