package koinon.eventing.inbox;

import static org.springframework.data.domain.Sort.by;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Update;

/// The events that consumers of this service could not read or handle, and the aggregates that are parked for them.
///
/// Once an event of an aggregate is parked for a consumer, later events of it follow, so their order is kept,
/// until [#replay] has handled all of them. A marker per consumer and aggregate says so; its version makes a
/// follower that comes while the replay ends either part of it or an ordinary event again.
final class DeadLetters {

    private static final String MARKERS = "parked";

    private final MongoOperations mongo;
    private final Clock clock;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicLong invalidations = new AtomicLong(1);
    private volatile long refreshed;
    private final ThreadLocal<Boolean> replaying = ThreadLocal.withInitial(() -> false);

    DeadLetters(MongoOperations mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /// How a replay ended.
    ///
    /// @param handled how many letters were handled
    /// @param failed the first that could not be handled again, absent when all were
    record Replayed(int handled, @Nullable DeadLetter failed) {}

    /// Another instance may have parked aggregates of partitions that are now assigned to this one. The list of
    /// parked aggregates is read again before the next record is handled, however long the database is away.
    void invalidateCache() {
        invalidations.incrementAndGet();
    }

    private synchronized void refresh() {
        long until = invalidations.get();
        if (refreshed == until) return;
        Set<String> stored = Set.copyOf(mongo.findDistinct(new BasicQuery("{}"), "_id", MARKERS, String.class));
        known.retainAll(stored);
        known.addAll(stored);
        refreshed = until;
    }

    synchronized void park(String consumer, ConsumerRecord<String, byte[]> record, String reason) {
        String subject = subjectOf(record);
        mongo.save(DeadLetter.of(consumer, subject, record, reason, clock.instant()));
        mongo.upsert(
                new BasicQuery(new Document("_id", marker(consumer, subject))),
                new Update().inc("version", 1),
                MARKERS);
        known.add(marker(consumer, subject));
    }

    /// Parks a record if its aggregate is parked.
    boolean enqueueIfParked(String consumer, String subject, ConsumerRecord<String, byte[]> record) {
        String marker = marker(consumer, subject);
        if (isReplaying()) return false;
        if (refreshed != invalidations.get()) refresh();
        if (!known.contains(marker)) return false;
        DeadLetter letter = DeadLetter.of(
                consumer, subject, record, "It follows a parked event of the same aggregate.", clock.instant());
        mongo.save(letter);
        long marked = mongo.updateFirst(
                        new BasicQuery(new Document("_id", marker)), new Update().inc("version", 1), MARKERS)
                .getMatchedCount();
        if (marked == 1) return true;
        mongo.remove(letter);
        known.remove(marker);
        return false;
    }

    /// Whether this thread is handling letters again.
    boolean isReplaying() {
        return replaying.get();
    }

    /// The letters of all consumers, or of one, in the order of consumer, topic, partition and offset.
    List<DeadLetter> list(@Nullable String consumer, @Nullable String after, int limit) {
        Document filter = new Document();
        if (after != null) filter.append("_id", new Document("$gt", after));
        if (consumer != null) filter.append("consumer", consumer);
        return mongo.find(new BasicQuery(filter).with(by("_id")).limit(limit), DeadLetter.class);
    }

    /// Hands the letters of an aggregate to its consumer again, in order, until one fails or none is left.
    Replayed replay(String consumer, String subject, Consumer<ConsumerRecord<String, byte[]>> handler) {
        BasicQuery marker = new BasicQuery(new Document("_id", marker(consumer, subject)));
        int handled = 0;
        replaying.set(true);
        try {
            while (true) {
                @Nullable Document before = mongo.findOne(marker, Document.class, MARKERS);
                List<DeadLetter> letters = mongo.find(
                        query(where("consumer").is(consumer).and("subject").is(subject))
                                .with(by("partition", "offset")),
                        DeadLetter.class);
                for (DeadLetter letter : letters) {
                    try {
                        handler.accept(letter.record());
                    } catch (RuntimeException _) {
                        return new Replayed(handled, letter);
                    }
                    mongo.remove(letter);
                    handled++;
                }
                if (before == null
                        || mongo.remove(new BasicQuery(before), MARKERS).getDeletedCount() == 1)
                    return new Replayed(handled, null);
            }
        } finally {
            replaying.remove();
        }
    }

    /// The subject of a record; its key where the envelope has none.
    static String subjectOf(ConsumerRecord<String, byte[]> record) {
        @Nullable Header subject = record.headers().lastHeader("ce_subject");
        return subject == null || subject.value() == null
                ? "unknown/" + record.key()
                : new String(subject.value(), StandardCharsets.UTF_8);
    }

    private static String marker(String consumer, String subject) {
        return consumer + " " + subject;
    }
}
