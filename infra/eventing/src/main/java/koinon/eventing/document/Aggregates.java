package koinon.eventing.document;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventTypes;
import koinon.eventing.model.IdempotencyRecord;
import koinon.eventing.model.OutboxEntry;
import koinon.eventing.model.Position;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.StateRefusal;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoOperations;

/// The only writer of aggregates. State, outbox, seen sequences and the result for a repeated request are one
/// write.
///
/// A refused command changes nothing. A lost race against another instance of the service is repeated here.
public final class Aggregates {

    /// The most events that may wait for the broker in one aggregate; further commands are refused until it has
    /// caught up.
    static final int MOST_UNSENT = 1000;

    /// The most characters of these events: a document has at most 16 MB, and a character takes up to three bytes.
    static final long MOST_UNSENT_TEXT = 4_000_000;

    private static final int TRIES = 50;

    /// How long a reaction waits for its lock. No request waits for it, and the listener retries it.
    private static final Duration REACTION = Duration.ofMinutes(1);

    private final MongoOperations mongo;
    private final OutboxListener outboxes;
    private final String service;
    private final Clock clock;
    private final StripedLocks locks = new StripedLocks(1024);
    private final IdempotencyKeys keys;

    Aggregates(MongoOperations mongo, OutboxListener outboxes, String service, Clock clock) {
        this.mongo = mongo;
        this.outboxes = outboxes;
        this.service = service;
        this.clock = clock;
        this.keys = new IdempotencyKeys(mongo);
    }

    /// The reaction of an aggregate to a foreign event: it keeps the fact and raises what is now possible. Must not
    /// refuse.
    @FunctionalInterface
    public interface Reaction<A> {
        void to(A aggregate, Actor by);
    }

    /// One of several foreign events that are handled in one write.
    public record Reacting<A>(EventEnvelope envelope, Reaction<A> reaction) {}

    /// Stores a new aggregate under the id that the command gives it. A repeated request gets its result before any
    /// rule is checked, because the facts of the rules may have changed.
    ///
    /// @param fresh creates the aggregate with this id, and may refuse
    /// @throws RequestRejected.KeyReused when the key was used for another request
    public <A extends Aggregate<?>> CommandResult create(Class<A> type, Command command, Function<String, A> fresh) {
        String id = command.newId();
        @Nullable A existing = command.key() == null ? null : mongo.findById(id, type);
        @Nullable CommandResult repeated = existing == null ? null : repeated(existing, command);
        return repeated != null ? repeated : create(fresh.apply(id), command);
    }

    /// Stores a new aggregate whose id is derived from its content and not from the key of the request.
    ///
    /// @param fresh creates the aggregate, and may refuse
    /// @throws RuleViolation `already-exists` when its id is taken by another request
    /// @throws RequestRejected.KeyReused when the key was used for another request
    public <A extends Aggregate<?>> CommandResult create(Command command, Supplier<A> fresh) {
        return keys.once(command, CommandResult.class, () -> create(fresh.get(), command));
    }

    /// Stores a new aggregate that has raised its first events.
    ///
    /// @throws RuleViolation `already-exists` when its id is taken by another request
    /// @throws RequestRejected.KeyReused when the key was used for another request
    public <A extends Aggregate<?>> CommandResult create(A fresh, Command command) {
        IdempotencyRecord answered = answered(fresh, null, command, true);
        remember(fresh, command, answered);
        CloudEventWriter.seal(fresh, service, null, command.traceparent());
        try {
            mongo.insert(fresh);
        } catch (DuplicateKeyException _) {
            @Nullable Aggregate<?> existing = mongo.findById(fresh.id(), fresh.getClass());
            @Nullable CommandResult repeated = existing == null ? null : repeated(existing, command);
            if (repeated != null) return repeated;
            throw new RuleViolation("already-exists", "There is one with the id %s already.", "id", fresh.id());
        }
        outboxes.saved(fresh);
        return answer(fresh, answered);
    }

    /// The target of a command: an aggregate, or a part of it with its own version.
    ///
    /// @param part as the aggregate names it when it touches it; absent for the whole
    /// @param isVisible whether the caller may see it; a target that is not visible is answered as not found
    public record Target<A extends Aggregate<?>>(
            Class<A> type, String id, @Nullable String part, Predicate<A> isVisible) {

        /// A whole aggregate.
        public static <A extends Aggregate<?>> Target<A> of(Class<A> type, String id, Predicate<A> isVisible) {
            return new Target<>(type, id, null, isVisible);
        }

        /// This part of it, if it has one.
        public Target<A> part(String name, Predicate<A> isThere) {
            return new Target<>(type, id, name, isVisible.and(isThere));
        }

        /// This part of it, which every aggregate of its type has.
        public Target<A> part(String name) {
            return part(name, _ -> true);
        }
    }

    /// Runs a command on an aggregate that everybody may see.
    public <A extends Aggregate<?>> CommandResult change(
            Class<A> type, String id, Command command, Consumer<A> change) {
        return change(Target.of(type, id, _ -> true), command, change);
    }

    /// Runs a command on an aggregate. Refusals have this order: not found, key reused, right missing, version
    /// missing, version stale, any other refusal of the command.
    ///
    /// @throws RequestRejected.NotFound when there is none of this id that the caller may see
    /// @throws RequestRejected.KeyReused when the key was used for another request
    /// @throws RequestRejected.VersionRequired when the caller must name a version and did not
    /// @throws RequestRejected.Stale when the caller saw an older version
    /// @throws RequestRejected.Busy when too many of its events wait for the broker
    public <A extends Aggregate<?>> CommandResult change(Target<A> target, Command command, Consumer<A> change) {
        @Nullable String part = target.part();
        return repeating(target.id(), Command.LONGEST, () -> {
            @Nullable A aggregate = load(target.type(), target.id());
            if (aggregate == null
                    || aggregate.sequence() == 0
                    || !target.isVisible().test(aggregate)) throw new RequestRejected.NotFound();
            @Nullable CommandResult repeated = repeated(aggregate, command);
            if (repeated != null) return repeated;
            long version = aggregate.etag(part);
            @Nullable RuntimeException refusal = refusal(aggregate, change);
            command.precondition().check(version);
            if (refusal != null) throw refusal;
            List<OutboxEntry> unsent = aggregate.outbox();
            if (unsent.size() >= MOST_UNSENT
                    || unsent.stream().mapToLong(it -> it.data().length()).sum() >= MOST_UNSENT_TEXT)
                throw new RequestRejected.Busy(
                        "unpublished",
                        "%s of its events are not published yet; try again shortly.",
                        "events",
                        unsent.size());
            IdempotencyRecord answered = answered(aggregate, part, command, false);
            if (aggregate.raised().isEmpty()) return answer(aggregate, answered);
            remember(aggregate, command, answered);
            CloudEventWriter.seal(aggregate, service, null, command.traceparent());
            if (command.isOverdue())
                throw new RequestRejected.Busy(
                        "overdue", "The request took too long and changed nothing; send it again.");
            mongo.save(aggregate);
            outboxes.saved(aggregate);
            return answer(aggregate, answered);
        });
    }

    /// Runs a command on the loaded aggregate.
    ///
    /// @return the refusal, unless a right is missing; absent when the command succeeded
    private static <A extends Aggregate<?>> @Nullable RuntimeException refusal(A aggregate, Consumer<A> change) {
        try {
            change.accept(aggregate);
            return null;
        } catch (AccessDenied e) {
            throw e;
        } catch (StateRefusal e) {
            return explained(e, aggregate);
        } catch (RuleViolation | ValidationFailed e) {
            return e;
        }
    }

    /// Says since when and by whom, where it is the aggregate's own state and not that of a part.
    private static RuleViolation explained(StateRefusal refusal, Aggregate<?> aggregate) {
        Aggregate.PublishedState now = aggregate.publishedState();
        @Nullable Instant since = aggregate.stateSince();
        @Nullable String by = aggregate.stateBy();
        boolean isOwn = refusal.state().equals(now.state()) && !now.parts().containsValue(refusal.state());
        return isOwn && since != null && by != null ? refusal.since(since, by) : refusal;
    }

    /// Handles a foreign event. It has no effect if the aggregate has seen it or a later event of the same source.
    ///
    /// @param fresh creates the placeholder if the document does not exist: an event is never dropped because it
    ///     came early
    public <A extends Aggregate<?>> void react(
            Class<A> type, String id, EventEnvelope envelope, Supplier<A> fresh, Reaction<A> reaction) {
        react(type, id, List.of(new Reacting<>(envelope, reaction)), fresh);
    }

    /// Handles several foreign events in one write, each with its own guard.
    public <A extends Aggregate<?>> void react(Class<A> type, String id, List<Reacting<A>> several, Supplier<A> fresh) {
        var _ = repeating(id, REACTION, () -> {
            @Nullable A stored = load(type, id);
            A aggregate = stored == null ? fresh.get() : stored;
            boolean changed = false;
            for (Reacting<A> one : several) {
                if (aggregate.hasSeen(one.envelope())) continue;
                aggregate.markSeen(one.envelope());
                Actor system = Actor.system(service, clock.instant());
                one.reaction().to(aggregate, system);
                publishNextActions(aggregate, system);
                CloudEventWriter.seal(
                        aggregate, service, one.envelope(), one.envelope().traceparent());
                changed = true;
            }
            if (!changed) return id;
            if (stored == null) mongo.insert(aggregate);
            else mongo.save(aggregate);
            outboxes.saved(aggregate);
            return id;
        });
    }

    /// Raises an event if what was heard has changed the next actions since the last event. A placeholder publishes
    /// nothing.
    private static void publishNextActions(Aggregate<?> aggregate, Actor by) {
        if (aggregate.sequence() == 0) return;
        boolean changed = aggregate.raised().isEmpty()
                ? CloudEventWriter.hasNewNextActions(aggregate)
                : !aggregate.raised().getLast().next().equals(aggregate.actions());
        if (changed) aggregate.raiseNextActionsChanged(by);
    }

    /// Whether the next actions of a stored aggregate differ from those that were published last.
    public static boolean hasNewNextActions(Aggregate<?> aggregate) {
        return aggregate.sequence() > 0 && CloudEventWriter.hasNewNextActions(aggregate);
    }

    /// Publishes the next actions of a stored aggregate if they differ from those that were published last: after a
    /// change of the code that lists them.
    ///
    /// @return whether they differed
    public <A extends Aggregate<?>> boolean republishNextActions(Class<A> type, String id) {
        return repeating(id, REACTION, () -> {
            @Nullable A aggregate = load(type, id);
            if (aggregate == null || !hasNewNextActions(aggregate)) return false;
            aggregate.raiseNextActionsChanged(Actor.system(service, clock.instant()));
            CloudEventWriter.seal(aggregate, service, null, null);
            mongo.save(aggregate);
            outboxes.saved(aggregate);
            return true;
        });
    }

    /// Reads an aggregate that is about to be changed. Events that are on the topic leave its outbox with the next
    /// save.
    private <A extends Aggregate<?>> @Nullable A load(Class<A> type, String id) {
        @Nullable A found = mongo.findById(id, type);
        if (found != null) found.dropAcknowledged(outboxes.acknowledgedUpTo(found));
        return found;
    }

    private <R> R repeating(String id, Duration patience, Supplier<R> work) {
        Lock lock = locks.of(id);
        for (int tried = 1; ; tried++) {
            take(lock, patience);
            try {
                return work.get();
            } catch (OptimisticLockingFailureException | DuplicateKeyException e) {
                if (tried == TRIES)
                    throw new RequestRejected.Busy("races", "Too many concurrent changes; try again shortly.");
            } finally {
                lock.unlock();
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L * Math.min(tried, 20)));
        }
    }

    /// Waits for the lock of the aggregate with a time limit. While the database is not available each holder takes
    /// as long as the database's timeout, and without a limit the last one would keep its thread for minutes.
    private static void take(Lock lock, Duration patience) {
        try {
            if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS))
                throw new RequestRejected.Busy("locked", "Other requests are changing it; try again shortly.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new RequestRejected.Busy("interrupted", "Interrupted while other requests were changing it.");
        }
    }

    private static @Nullable CommandResult repeated(Aggregate<?> aggregate, Command command) {
        @Nullable String key = command.keyOfCaller();
        @Nullable IdempotencyRecord before = key == null ? null : aggregate.answered(key);
        if (before == null || command.key() == null) return null;
        if (!before.digest().equals(command.key().digest())) throw new RequestRejected.KeyReused();
        return answer(aggregate, before);
    }

    private static IdempotencyRecord answered(
            Aggregate<?> aggregate, @Nullable String part, Command command, boolean created) {
        return new IdempotencyRecord(
                command.key() == null
                        ? ""
                        : command.by().id() + " " + command.key().value(),
                command.key() == null ? "" : command.key().digest(),
                aggregate.sequence(),
                aggregate.etag(part),
                created);
    }

    private static void remember(Aggregate<?> aggregate, Command command, IdempotencyRecord answered) {
        if (command.key() != null) aggregate.answer(answered);
    }

    private static CommandResult answer(Aggregate<?> aggregate, IdempotencyRecord answered) {
        return new CommandResult(
                aggregate.id(),
                new Position(EventTypes.subjectOf(aggregate), answered.sequence()),
                answered.etag(),
                answered.created());
    }
}
