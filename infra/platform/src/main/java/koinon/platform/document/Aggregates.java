package koinon.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import koinon.platform.model.Aggregate;
import koinon.platform.model.Answered;
import koinon.platform.model.By;
import koinon.platform.model.EventTypes;
import koinon.platform.model.Forbidden;
import koinon.platform.model.Heard;
import koinon.platform.model.Invalid;
import koinon.platform.model.OutboxEntry;
import koinon.platform.model.Position;
import koinon.platform.model.RuleBroken;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoOperations;

/// The only writer of aggregates: state, outbox, what was heard and the answer to a repeated request are one write.
///
/// Whatever a rule refuses has changed nothing. A lost race against another copy of the service is repeated here.
public final class Aggregates {

    /// The most events that may wait for the broker in one aggregate; further commands are refused until it has
    /// caught up.
    static final int MOST_UNSENT = 1000;

    /// The most text of theirs, in characters: a document holds 16 MB at most, and a character takes up to three
    /// bytes.
    static final long MOST_UNSENT_TEXT = 4_000_000;

    private static final int TRIES = 50;

    /// How long what was heard queues: nobody waits for it, and it is heard again until it is done.
    private static final Duration REACTION = Duration.ofMinutes(1);

    private final MongoOperations mongo;
    private final Outlet outlet;
    private final String service;
    private final Clock clock;
    private final StripedLocks locks = new StripedLocks(1024);
    private final IdempotencyKeys keys;

    Aggregates(MongoOperations mongo, Outlet outlet, String service, Clock clock) {
        this.mongo = mongo;
        this.outlet = outlet;
        this.service = service;
        this.clock = clock;
        this.keys = new IdempotencyKeys(mongo);
    }

    /// What an aggregate does when it hears something: keeps it and raises what is now possible. Must not refuse.
    @FunctionalInterface
    public interface Reaction<A> {
        void to(A aggregate, By by);
    }

    /// One of several events that an aggregate hears in one write.
    public record Reacting<A>(Heard heard, Reaction<A> reaction) {}

    /// Stores a new aggregate under the id that the command gives it. A repeated request is answered before anything
    /// is judged again: what it was judged by may have changed since.
    ///
    /// @param fresh makes the aggregate of this id, and may refuse to
    /// @throws Refused.KeyReused when the key was used for another request
    public <A extends Aggregate<?>> Answer create(Class<A> type, Command command, Function<String, A> fresh) {
        String id = command.newId();
        @Nullable A existing = command.key() == null ? null : mongo.findById(id, type);
        @Nullable Answer repeated = existing == null ? null : repeated(existing, command);
        return repeated != null ? repeated : create(fresh.apply(id), command);
    }

    /// Stores a new aggregate whose id follows from what it is, and so not from the key of the request.
    ///
    /// @param fresh makes the aggregate, and may refuse to
    /// @throws RuleBroken `already-exists` when its id is taken by another request
    /// @throws Refused.KeyReused when the key was used for another request
    public <A extends Aggregate<?>> Answer create(Command command, Supplier<A> fresh) {
        return keys.once(command, Answer.class, () -> create(fresh.get(), command));
    }

    /// Stores a new aggregate that has raised its first events.
    ///
    /// @throws RuleBroken `already-exists` when its id is taken by another request
    /// @throws Refused.KeyReused when the key was used for another request
    public <A extends Aggregate<?>> Answer create(A fresh, Command command) {
        Answered answered = answered(fresh, null, command, true);
        remember(fresh, command, answered);
        Envelope.seal(fresh, service, null, command.traceparent());
        try {
            mongo.insert(fresh);
        } catch (DuplicateKeyException _) {
            @Nullable Aggregate<?> existing = mongo.findById(fresh.id(), fresh.getClass());
            @Nullable Answer repeated = existing == null ? null : repeated(existing, command);
            if (repeated != null) return repeated;
            throw new RuleBroken("already-exists", "There is one with the id " + fresh.id() + " already.");
        }
        outlet.saved(fresh);
        return answer(fresh, answered);
    }

    /// What a command is about: an aggregate, or a part of one that has a version of its own.
    ///
    /// @param part as the aggregate names it when it touches it; absent for the whole
    /// @param isVisible whether the caller may see it; what it may not see is not there for its commands either
    public record Target<A extends Aggregate<?>>(
            Class<A> type, String id, @Nullable String part, Predicate<A> isVisible) {

        /// A whole aggregate.
        public static <A extends Aggregate<?>> Target<A> of(Class<A> type, String id, Predicate<A> isVisible) {
            return new Target<>(type, id, null, isVisible);
        }

        /// This part of it, where it has one.
        public Target<A> part(String name, Predicate<A> isThere) {
            return new Target<>(type, id, name, isVisible.and(isThere));
        }

        /// This part of it, which every aggregate of its type has.
        public Target<A> part(String name) {
            return part(name, _ -> true);
        }
    }

    /// Lets a command change an aggregate that everybody may see.
    public <A extends Aggregate<?>> Answer change(Class<A> type, String id, Command command, Consumer<A> change) {
        return change(Target.of(type, id, _ -> true), command, change);
    }

    /// Lets a command change an aggregate. What refuses it is told in this order: it is not there, its key was used,
    /// the caller lacks the right, the version is missing, the version is stale, whatever else the command says.
    ///
    /// @throws Refused.NotFound when there is none of this id that the caller may see
    /// @throws Refused.KeyReused when the key was used for another request
    /// @throws Refused.VersionRequired when the caller must name a version and did not
    /// @throws Refused.Stale when the caller saw an older version
    /// @throws Refused.Busy when too many of its events wait for the broker
    public <A extends Aggregate<?>> Answer change(Target<A> target, Command command, Consumer<A> change) {
        @Nullable String part = target.part();
        return repeating(target.id(), Command.LONGEST, () -> {
            @Nullable A aggregate = mongo.findById(target.id(), target.type());
            if (aggregate == null
                    || aggregate.sequence() == 0
                    || !target.isVisible().test(aggregate)) throw new Refused.NotFound();
            @Nullable Answer repeated = repeated(aggregate, command);
            if (repeated != null) return repeated;
            long version = aggregate.etag(part);
            @Nullable RuntimeException refusal = refusal(aggregate, change);
            command.precondition().check(version);
            if (refusal != null) throw refusal;
            List<OutboxEntry> unsent = aggregate.outbox();
            if (unsent.size() >= MOST_UNSENT
                    || unsent.stream().mapToLong(it -> it.data().length()).sum() >= MOST_UNSENT_TEXT)
                throw new Refused.Busy(
                        "Its last " + unsent.size() + " changes are still on their way; try again shortly.");
            Answered answered = answered(aggregate, part, command, false);
            if (aggregate.raised().isEmpty()) return answer(aggregate, answered);
            remember(aggregate, command, answered);
            Envelope.seal(aggregate, service, null, command.traceparent());
            if (command.isOverdue()) throw new Refused.Busy("It took too long, and nothing was done; send it again.");
            mongo.save(aggregate);
            outlet.saved(aggregate);
            return answer(aggregate, answered);
        });
    }

    /// Runs a command on this copy of its aggregate.
    ///
    /// @return why it was refused, where not for want of a right; absent when it was done
    private static <A> @Nullable RuntimeException refusal(A aggregate, Consumer<A> change) {
        try {
            change.accept(aggregate);
            return null;
        } catch (Forbidden e) {
            throw e;
        } catch (RuleBroken | Invalid e) {
            return e;
        }
    }

    /// Lets an aggregate hear an event of another; one that it has seen, or a later one of the same source, has no
    /// effect.
    ///
    /// @param fresh makes the document when it is not there yet: an event is never dropped because it came early
    public <A extends Aggregate<?>> void react(
            Class<A> type, String id, Heard heard, Supplier<A> fresh, Reaction<A> reaction) {
        react(type, id, List.of(new Reacting<>(heard, reaction)), fresh);
    }

    /// Lets an aggregate hear several events in one write, each under its own guard.
    public <A extends Aggregate<?>> void react(Class<A> type, String id, List<Reacting<A>> several, Supplier<A> fresh) {
        var _ = repeating(id, REACTION, () -> {
            @Nullable A stored = mongo.findById(id, type);
            A aggregate = stored == null ? fresh.get() : stored;
            boolean changed = false;
            for (Reacting<A> one : several) {
                if (aggregate.hasSeen(one.heard())) continue;
                aggregate.saw(one.heard());
                one.reaction().to(aggregate, By.system(service, clock.instant()));
                Envelope.seal(aggregate, service, one.heard(), one.heard().traceparent());
                changed = true;
            }
            if (!changed) return id;
            if (stored == null) mongo.insert(aggregate);
            else mongo.save(aggregate);
            outlet.saved(aggregate);
            return id;
        });
    }

    private <R> R repeating(String id, Duration patience, Supplier<R> work) {
        Lock lock = locks.of(id);
        for (int tried = 1; ; tried++) {
            take(lock, patience);
            try {
                return work.get();
            } catch (OptimisticLockingFailureException | DuplicateKeyException e) {
                if (tried == TRIES) throw new Refused.Busy("Too many changes at once; try again shortly.");
            } finally {
                lock.unlock();
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L * Math.min(tried, 20)));
        }
    }

    /// Queues behind others of its aggregate, but not without end: while the database is away each of them takes as
    /// long as the database is waited for, and the last would keep its thread for minutes.
    private static void take(Lock lock, Duration patience) {
        try {
            if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS))
                throw new Refused.Busy("Others are changing it, and that takes long; try again shortly.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Refused.Busy("Interrupted while others were changing it.");
        }
    }

    private static @Nullable Answer repeated(Aggregate<?> aggregate, Command command) {
        @Nullable String key = command.keyOfCaller();
        @Nullable Answered before = key == null ? null : aggregate.answered(key);
        if (before == null || command.key() == null) return null;
        if (!before.digest().equals(command.key().digest())) throw new Refused.KeyReused();
        return answer(aggregate, before);
    }

    private static Answered answered(Aggregate<?> aggregate, @Nullable String part, Command command, boolean created) {
        return new Answered(
                command.key() == null
                        ? ""
                        : command.by().actor() + " " + command.key().value(),
                command.key() == null ? "" : command.key().digest(),
                aggregate.sequence(),
                aggregate.etag(part),
                created);
    }

    private static void remember(Aggregate<?> aggregate, Command command, Answered answered) {
        if (command.key() != null) aggregate.answer(answered);
    }

    private static Answer answer(Aggregate<?> aggregate, Answered answered) {
        return new Answer(
                aggregate.id(),
                new Position(EventTypes.subjectOf(aggregate), answered.sequence()),
                answered.etag(),
                answered.created());
    }
}
