package koinon.platform.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;

/// What is one document and changes in one write: its facts, its number of events, the events not yet on the broker,
/// what it has seen of others, and the last answers given under an Idempotency-Key.
///
/// A command checks and calls [#raise]; [#when] keeps the facts and nothing else changes them. Only `Aggregates`
/// writes it.
///
/// @param <E> the sealed interface of everything that can happen to it
public abstract class Aggregate<E extends DomainEvent> {

    /// How many answers to commands are kept for repeated requests, beside that to its creation.
    static final int ANSWERS_KEPT = 100;

    @Id
    private String id = "";

    @Version
    @BesideEvents
    @SuppressWarnings("unused") // Spring Data compares and counts it.
    private @Nullable Long version;

    private long sequence;
    private @Nullable Instant lastAt;
    private @Nullable String lastHash;

    @BesideEvents
    private List<OutboxEntry> outbox = new ArrayList<>();

    @BesideEvents
    private Map<String, Long> seen = new LinkedHashMap<>();

    private Map<String, Long> touched = new LinkedHashMap<>();

    @BesideEvents
    private List<Answered> answered = new ArrayList<>();

    @Transient
    private List<Raised<E>> raised = new ArrayList<>();

    /// An event with its number and its author, raised and not yet saved.
    public record Raised<E extends DomainEvent>(long sequence, E event, By by, Instant at) {}

    /// Where an aggregate stands after its last event, so that a reader can compare with what it folded.
    ///
    /// @param state name of its state; absent where it has none
    /// @param parts name of each part's state, by the part
    /// @param facts figures that readers fold too, by their name
    public record PublishedState(@Nullable String state, Map<String, String> parts, Map<String, Object> facts) {

        /// An aggregate without a state of its own.
        public static final PublishedState NONE = new PublishedState(null, Map.of(), Map.of());

        public static PublishedState of(Enum<?> state) {
            return new PublishedState(state.name(), Map.of(), Map.of());
        }

        public PublishedState withParts(Map<String, String> states) {
            return new PublishedState(state, states, facts);
        }

        public PublishedState with(String fact, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(facts);
            more.put(fact, value);
            return new PublishedState(state, parts, more);
        }
    }

    /// For the database.
    protected Aggregate() {}

    /// @param id `[a-z0-9-]`, for ever
    protected Aggregate(String id) {
        this.id = id;
    }

    /// Keeps what the event says. Refuses by the lifecycle when it may not happen now; must not look at anything but
    /// its arguments and its own fields.
    protected abstract void when(E event, By by);

    /// Lets an event happen: numbers it, applies it, and lists it for the outbox. Its time is never before the one
    /// before.
    protected final void raise(E event, By by) {
        Instant at = by.at().truncatedTo(ChronoUnit.MILLIS);
        if (lastAt != null && at.isBefore(lastAt)) at = lastAt;
        happen(event, new By(by.actor(), by.mandates(), by.chosen(), by.acting(), at));
        raised.add(new Raised<>(sequence, event, by, at));
    }

    /// Lets an event that was published happen to a fresh one, so that what is stored can be compared with it.
    ///
    /// @param hash that the next event names as the one before it
    public final void replay(E event, By by, String hash) {
        happen(event, by);
        lastHash = hash;
    }

    private void happen(E event, By by) {
        sequence++;
        lastAt = by.at();
        when(event, by);
    }

    /// Says in [#when] that this event touched a part that has an ETag of its own.
    protected final void touch(String part) {
        touched.put(part.replace('.', '_'), sequence);
    }

    public final String id() {
        return id;
    }

    /// The number of its last event.
    public final long sequence() {
        return sequence;
    }

    /// The ETag: the number of the last event that touched it, or the part of it.
    public final long etag(@Nullable String part) {
        return part == null ? sequence : touched.getOrDefault(part.replace('.', '_'), 1L);
    }

    /// Where it stands after its last event, as its events tell it.
    public PublishedState publishedState() {
        return PublishedState.NONE;
    }

    /// What was raised since it was loaded, oldest first; for tests.
    public final List<E> events() {
        return raised.stream().map(Raised::event).toList();
    }

    /// What was raised since it was loaded, oldest first.
    public final List<Raised<E>> raised() {
        return List.copyOf(raised);
    }

    /// The events not yet known to be on the broker, lowest number first.
    public final List<OutboxEntry> outbox() {
        return List.copyOf(outbox);
    }

    /// Hash of the last event that went to the outbox; absent before the first.
    public final @Nullable String lastHash() {
        return lastHash;
    }

    /// Whether this event of another aggregate has been heard here, or a later one of it.
    public final boolean hasSeen(Heard heard) {
        return seen.getOrDefault(heard.subject(), 0L) >= heard.sequence();
    }

    /// The number of the last event that was heard of each other aggregate, by its subject.
    public final Map<String, Long> seen() {
        return Map.copyOf(seen);
    }

    /// Remembers that an event of another aggregate was heard.
    public final void saw(Heard heard) {
        seen.put(heard.subject(), heard.sequence());
    }

    /// The answer kept for a key, if it is among the last that were given.
    public final @Nullable Answered answered(String key) {
        return answered.stream().filter(it -> it.key().equals(key)).findFirst().orElse(null);
    }

    /// Keeps an answer; the oldest makes room, but never that to the creation.
    public final void answer(Answered answer) {
        answered.add(answer);
        int oldest = answered.getFirst().created() ? 1 : 0;
        if (answered.size() - oldest > ANSWERS_KEPT) answered.remove(oldest);
    }

    /// Turns what was raised into outbox entries; called by the only writer just before it saves.
    public final void sealed(List<OutboxEntry> entries, String hash) {
        outbox.addAll(entries);
        lastHash = hash;
        raised.clear();
    }
}
