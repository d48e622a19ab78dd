package koinon.eventing.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Transient;
import org.springframework.data.annotation.Version;

/// A document that changes in one write: its state, the sequence of its last event, its outbox, the sequences of
/// foreign events that it has seen, and the results of the last commands with an Idempotency-Key.
///
/// A command checks and calls [#raise]; only [#when] changes fields. Only `Aggregates` writes aggregates.
///
/// @param <E> the sealed interface of everything that can happen to it
public abstract class Aggregate<E extends DomainEvent> {

    /// How many command results are kept for repeated requests, in addition to that of the creation.
    static final int ANSWERS_KEPT = 100;

    private static final int LONGEST_TEXT = 20_000;

    private static final String STATE = "state";

    @Id
    private String id = "";

    @Version
    @NotFromEvents
    @SuppressWarnings("unused") // Spring Data compares and counts it.
    private @Nullable Long version;

    private long sequence;
    private long revision;
    private @Nullable Instant lastAt;
    private @Nullable String lastHash;

    @NotFromEvents
    private List<OutboxEntry> outbox = new ArrayList<>();

    @NotFromEvents
    private Map<String, Long> seen = new LinkedHashMap<>();

    private Map<String, Long> touched = new LinkedHashMap<>();
    private Map<String, Instant> since = new LinkedHashMap<>();
    private @Nullable String stateBy;

    // Of every text that was written here, the fingerprint; and the digests of those that were redacted.
    private Set<Long> texts = new LinkedHashSet<>();
    private Set<String> redacted = new LinkedHashSet<>();

    @NotFromEvents
    private @Nullable String publishedNext;

    @NotFromEvents
    private List<IdempotencyRecord> answered = new ArrayList<>();

    @Transient
    private List<Raised<E>> raised = new ArrayList<>();

    /// An event with its number and its author, raised and not yet saved.
    ///
    /// @param after the state after it
    /// @param parts the states of the parts that it changed; empty text for a part that is no longer there
    /// @param next the next actions after it
    public record Raised<E extends DomainEvent>(
            long sequence,
            E event,
            Actor by,
            Instant at,
            PublishedState after,
            Map<String, String> parts,
            List<NextAction> next) {}

    /// The state of an aggregate after its last event, as every event publishes it.
    ///
    /// @param state name of its state; absent where it has none
    /// @param parts name of each part's state, by the part, `<kind>/<id>`
    /// @param sums sums of money that follow from its state, by name; empty where it has none
    /// @param facts what readers project from its events, by name; for comparison only
    public record PublishedState(
            @Nullable String state, Map<String, String> parts, Map<String, Money> sums, Map<String, Object> facts) {

        /// An aggregate without a state of its own.
        public static final PublishedState NONE = new PublishedState(null, Map.of(), Map.of(), Map.of());

        public static PublishedState of(Enum<?> state) {
            return new PublishedState(state.name(), Map.of(), Map.of(), Map.of());
        }

        public PublishedState withParts(Map<String, String> states) {
            return new PublishedState(state, states, sums, facts);
        }

        public PublishedState withSums(Map<String, Money> amounts) {
            return new PublishedState(state, parts, amounts, facts);
        }

        public PublishedState with(String fact, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(facts);
            more.put(fact, value);
            return new PublishedState(state, parts, sums, more);
        }

        /// The states of the parts that differ from those before.
        private Map<String, String> partsChangedSince(PublishedState before) {
            Map<String, String> changed = new TreeMap<>();
            parts.forEach((part, it) -> {
                if (!it.equals(before.parts.get(part))) changed.put(part, it);
            });
            before.parts.keySet().stream().filter(it -> !parts.containsKey(it)).forEach(it -> changed.put(it, ""));
            return changed;
        }
    }

    /// For the database.
    protected Aggregate() {}

    /// @param id `[a-z0-9-]`, for ever
    protected Aggregate(String id) {
        this.id = id;
    }

    /// Applies an event. The lifecycle refuses an event that the state does not allow. Must use nothing but its
    /// arguments and the aggregate's fields.
    protected abstract void when(E event, Actor by);

    /// Raises an event: numbers it, applies it, and adds it to the outbox. Its time is never earlier than that of
    /// the event before it. A redacted text is redacted in it.
    protected final void raise(E given, Actor by) {
        // What was redacted is not written again.
        E event = redactions().applied(given);
        Instant at = by.at().truncatedTo(ChronoUnit.MILLIS);
        if (lastAt != null && at.isBefore(lastAt)) at = lastAt;
        Map<String, String> parts = happen(event, new Actor(by.id(), by.mandates(), by.chosen(), by.acting(), at));
        raised.add(new Raised<>(sequence, event, by, at, publishedState(), parts, actions()));
    }

    /// Raises that the next actions have changed: what was heard changed them and no event followed.
    ///
    /// @throws IllegalStateException when the aggregate has no such event
    public final void raiseNextActionsChanged(Actor by) {
        @Nullable E event = nextActionsChanged();
        if (event == null) throw new IllegalStateException(getClass() + " has no event for changed next actions");
        raise(event, by);
    }

    /// The event that says that the next actions have changed; absent where only its own events change them.
    protected @Nullable E nextActionsChanged() {
        return null;
    }

    /// Redacts a text wherever it stands in this aggregate and in those that share its scope.
    ///
    /// @param reason does not repeat the text
    /// @throws RuleViolation `no-such-text`, `already-redacted`, `reason-repeats-text`
    protected void redact(String text, String reason, Actor by) {
        String normal = Bounds.text("/text", text, LONGEST_TEXT);
        String digest = Redactions.digest(redactionScope(), normal);
        if (Bounds.reason(reason).contains(normal))
            throw new RuleViolation("reason-repeats-text", "The reason repeats the text that is redacted.");
        if (redacted.contains(digest)) throw new RuleViolation("already-redacted", "This text was redacted already.");
        if (!texts.contains(Redactions.fingerprint(digest)))
            throw new RuleViolation("no-such-text", "Nobody wrote exactly this text here.");
        raiseRedacted(digest, reason, by);
    }

    /// Follows the redaction of a text in another aggregate of the same scope. It is an event if the text is in an
    /// event of this aggregate; what was only heard is removed.
    public final void follow(DomainEvent.TextRedacted heard, Actor by) {
        if (redacted.contains(heard.digest())) return;
        if (texts.contains(Redactions.fingerprint(heard.digest()))) raiseRedacted(heard.digest(), heard.reason(), by);
        else new Redactions(redactionScope(), Set.of(heard.digest())).applied(this);
    }

    private void raiseRedacted(String digest, String reason, Actor by) {
        @Nullable E event = textRedacted(digest, reason);
        if (event == null) throw new IllegalStateException(getClass() + " has no event for a redacted text");
        raise(event, by);
    }

    /// The event that says that a text was redacted; absent where no text can be.
    protected @Nullable E textRedacted(String digest, String reason) {
        return null;
    }

    private Redactions redactions() {
        return new Redactions(redactionScope(), redacted);
    }

    /// The id that the aggregates share that copy each other's texts; part of each digest.
    protected String redactionScope() {
        return id;
    }

    /// What can be done now to bring it forward, and by whom; a pure function of the fields. What a command also
    /// judges of other aggregates is named as a need and not copied.
    protected Stream<NextAction> nextActions() {
        return Stream.of();
    }

    /// What can be done now to bring it forward, and by whom.
    public final List<NextAction> actions() {
        return nextActions().map(it -> it.since(since(it.subject()))).toList();
    }

    /// A part that has no state yet waits since the aggregate's state began.
    private @Nullable Instant since(@Nullable String part) {
        Instant ofState = since.getOrDefault(STATE, lastAt);
        return part == null ? ofState : since.getOrDefault(key(part), ofState);
    }

    /// Digest of the next actions that were published last; absent before the first event.
    public final @Nullable String publishedNext() {
        return publishedNext;
    }

    /// Applies a published event to a fresh aggregate, for comparison with the stored one.
    ///
    /// @param hash of this event, which the next event contains
    public final void replay(E event, Actor by, String hash) {
        happen(event, by);
        lastHash = hash;
    }

    private Map<String, String> happen(E event, Actor by) {
        PublishedState before = publishedState();
        long versionBefore = version();
        sequence++;
        revision = event instanceof DomainEvent.NextActionsChanged ? versionBefore : sequence;
        lastAt = by.at();
        when(event, by);
        texts.addAll(Redactions.fingerprints(redactionScope(), event));
        if (event instanceof DomainEvent.TextRedacted it) {
            redacted.add(it.digest());
            redactions().applied(this);
        }
        PublishedState after = publishedState();
        if (sequence == 1 || !Objects.equals(after.state(), before.state())) {
            since.put(STATE, by.at());
            stateBy = by.capacity();
        }
        Map<String, String> parts = after.partsChangedSince(before);
        parts.forEach((part, state) -> {
            if (state.isEmpty()) since.remove(key(part));
            else since.put(key(part), by.at());
        });
        return parts;
    }

    private static String key(String part) {
        return part.replace('.', '_');
    }

    /// Since when it is in its state; absent before the first event.
    public final @Nullable Instant stateSince() {
        return since.get(STATE);
    }

    /// In which capacity somebody brought it into its state ([Actor#capacity]); absent where that is not known.
    public final @Nullable String stateBy() {
        return stateBy;
    }

    /// Called in [#when]: the event changed a part that has its own ETag.
    protected final void touch(String part) {
        touched.put(key(part), sequence);
    }

    public final String id() {
        return id;
    }

    /// The number of its last event.
    public final long sequence() {
        return sequence;
    }

    /// The number of its last event that was a fact: the version that ETags name.
    public final long version() {
        // A document that was stored before there was a revision has none.
        return revision == 0 ? sequence : revision;
    }

    /// The ETag: the number of the last event that touched it, or the part of it. An aggregate may name further
    /// versions.
    public long etag(@Nullable String part) {
        return part == null ? version() : touched.getOrDefault(key(part), 1L);
    }

    /// The state after its last event, as its events define it.
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

    /// Removes the events up to this sequence from the outbox, because they are on the topic.
    public final void dropAcknowledged(long upTo) {
        outbox.removeIf(it -> it.sequence() <= upTo);
    }

    /// Hash of the last event that went to the outbox; absent before the first.
    public final @Nullable String lastHash() {
        return lastHash;
    }

    /// Whether this event of another aggregate has been heard here, or a later one of it.
    public final boolean hasSeen(EventEnvelope envelope) {
        return seen.getOrDefault(envelope.subject(), 0L) >= envelope.sequence();
    }

    /// The number of the last event that was heard of each other aggregate, by its subject.
    public final Map<String, Long> seen() {
        return Map.copyOf(seen);
    }

    /// Remembers that an event of another aggregate was heard.
    public final void markSeen(EventEnvelope envelope) {
        seen.put(envelope.subject(), envelope.sequence());
    }

    /// The answer kept for a key, if it is among the last that were given.
    public final @Nullable IdempotencyRecord answered(String key) {
        return answered.stream().filter(it -> it.key().equals(key)).findFirst().orElse(null);
    }

    /// Keeps an answer; the oldest makes room, but never that to the creation.
    public final void answer(IdempotencyRecord answer) {
        answered.add(answer);
        int oldest = answered.getFirst().created() ? 1 : 0;
        if (answered.size() - oldest > ANSWERS_KEPT) answered.remove(oldest);
    }

    /// Turns what was raised into outbox entries; called by the only writer just before it saves.
    ///
    /// @param hash of the last entry
    /// @param next digest of the next actions in it
    public final void sealed(List<OutboxEntry> entries, String hash, String next) {
        outbox.addAll(entries);
        lastHash = hash;
        publishedNext = next;
        raised.clear();
    }
}
