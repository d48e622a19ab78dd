package koinon.gateway.status;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.status.Status.Health.Level;
import org.jspecify.annotations.Nullable;

/// The entries of one read model in each sort order, in buckets by the most frequent filters, so that a page costs
/// the same for any number of projects. The index is updated before it is read: with the changes of the read model
/// and of the clock.
public final class StatusIndex {

    private final ReadModel readModel;
    private final Function<ProjectFacts, @Nullable IndexEntry> entry;
    private final Map<Sort, Map<IndexBucket, ConcurrentSkipListMap<Key, IndexEntry>>> orders =
            new EnumMap<>(Sort.class);
    private final ConcurrentSkipListMap<Key, String> due = new ConcurrentSkipListMap<>();
    private final Map<String, IndexEntry> placed = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> awaiting = new ConcurrentHashMap<>();

    /// Counts the changes of all indexes, so that no two of them have the same version.
    private static final AtomicLong VERSIONS = new AtomicLong();

    private volatile long version = VERSIONS.incrementAndGet();

    /// The sort orders of projects; the id breaks ties.
    public enum Sort {
        /// By id: the order stands still.
        ID,
        /// By title.
        TITLE,
        /// By the next deadline, the earliest first.
        DEADLINE,
        /// By the last change, the latest first.
        UPDATED,
        /// By health, the worst first, then by the next deadline.
        HEALTH;

        private static final List<Level> WORST_FIRST = List.of(Level.values()).reversed();

        // Greater than every epoch millisecond of the years 0 to 9999.
        private static final long HEALTH_BEFORE_DEADLINE = 1_000_000_000_000_000L;

        public Key key(IndexEntry it) {
            IndexEntry.ListItem item = it.item();
            return switch (this) {
                case ID -> new Key(0, "", item.id());
                case TITLE -> new Key(0, it.titleKey(), item.id());
                case DEADLINE -> new Key(deadline(item), "", item.id());
                case UPDATED -> new Key(-item.updated().toEpochMilli(), "", item.id());
                case HEALTH ->
                    new Key(
                            WORST_FIRST.indexOf(item.health()) * HEALTH_BEFORE_DEADLINE + deadline(item),
                            "",
                            item.id());
            };
        }

        private static long deadline(IndexEntry.ListItem it) {
            return it.nextDeadline() == null
                    ? HEALTH_BEFORE_DEADLINE / 2
                    : it.nextDeadline().at().toEpochMilli();
        }
    }

    /// The sort key of a project.
    public record Key(long number, String text, String id) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::number).thenComparing(Key::text).thenComparing(Key::id);
        private static final String LAST = "\uffff";

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        /// The key after all keys up to a moment.
        static Key at(Instant moment) {
            return new Key(moment.toEpochMilli(), LAST, LAST);
        }
    }

    /// The properties that all entries of a bucket share; an entry is in one bucket of each sort order.
    public record IndexBucket(String phase, Level health, boolean approved) {

        private static IndexBucket of(IndexEntry it) {
            return new IndexBucket(it.item().phase(), it.item().health(), it.isApproved());
        }
    }

    /// @param entry derives the entry of a project; absent if no status follows from its facts
    StatusIndex(ReadModel readModel, Function<ProjectFacts, @Nullable IndexEntry> entry) {
        this.readModel = readModel;
        this.entry = entry;
        for (Sort it : Sort.values()) orders.put(it, new ConcurrentHashMap<>());
        readModel.facts().forEach(this::place);
    }

    @SuppressWarnings("ReferenceEquality") // Compares identity: read models have no equality.
    boolean isOf(ReadModel other) {
        return readModel == other;
    }

    /// Moves every entry that has changed to its place.
    synchronized void upToDate(Instant now) {
        // Events come first: a change during this call is found by the next one.
        place(readModel.takeUnlisted());
        place(Set.copyOf(due.headMap(Key.at(now), true).values()));
    }

    private void place(Set<String> projects) {
        for (String it : projects) {
            @Nullable ProjectFacts facts = readModel.facts(it);
            if (facts != null) place(facts);
        }
    }

    @SuppressWarnings("ReferenceEquality") // An entry is a new object or the same one; comparing the content is slow.
    private void place(ProjectFacts facts) {
        @Nullable IndexEntry now = entry.apply(facts);
        if (now == null) {
            remove(facts.id());
            return;
        }
        @Nullable IndexEntry before = placed.put(facts.id(), now);
        if (before == now) return;
        version = VERSIONS.incrementAndGet();
        // Added before the old entry is removed: a concurrent reader can find an entry twice, but never misses it.
        orders.forEach(
                (sort, buckets) -> buckets.computeIfAbsent(IndexBucket.of(now), _ -> new ConcurrentSkipListMap<>())
                        .put(sort.key(now), now));
        if (now.hasEnd()) due.put(now.end(), facts.id());
        Set<String> rights = now.awaitedRights();
        for (String it : rights)
            awaiting.computeIfAbsent(it, _ -> ConcurrentHashMap.newKeySet()).add(facts.id());
        if (before == null) return;
        removeAwaiting(before, rights);
        boolean stays = IndexBucket.of(before).equals(IndexBucket.of(now));
        orders.forEach((sort, buckets) -> {
            if (!stays || !sort.key(before).equals(sort.key(now))) take(before, sort, buckets);
        });
        if (before.hasEnd() && !before.until().equals(now.until())) due.remove(before.end());
    }

    /// Removes the entry of a project from which no status follows any more.
    private void remove(String project) {
        @Nullable IndexEntry before = placed.remove(project);
        if (before == null) return;
        version = VERSIONS.incrementAndGet();
        orders.forEach((sort, buckets) -> take(before, sort, buckets));
        if (before.hasEnd()) due.remove(before.end());
        removeAwaiting(before, Set.of());
    }

    private void removeAwaiting(IndexEntry before, Set<String> still) {
        for (String it : before.awaitedRights())
            if (!still.contains(it))
                awaiting.getOrDefault(it, Set.of()).remove(before.item().id());
    }

    private static void take(
            IndexEntry it, Sort sort, Map<IndexBucket, ConcurrentSkipListMap<Key, IndexEntry>> buckets) {
        @Nullable ConcurrentSkipListMap<Key, IndexEntry> entries = buckets.get(IndexBucket.of(it));
        if (entries != null) entries.remove(sort.key(it));
    }

    /// Another one after every change of an entry, and in every other index.
    public long version() {
        return version;
    }

    /// All entries, in no order.
    public Collection<IndexEntry> all() {
        return placed.values();
    }

    /// The entries of the projects that name a city, a call, a fund or a funder.
    public Stream<IndexEntry> naming(String subject) {
        return readModel.naming(subject).stream().flatMap(it -> Stream.ofNullable(placed.get(it)));
    }

    /// The entries of the projects in which somebody can act now with this right, `<role>@<scope>`.
    public Stream<IndexEntry> awaiting(String right) {
        return awaiting.getOrDefault(right, Set.of()).stream().flatMap(it -> Stream.ofNullable(placed.get(it)));
    }

    /// How many entries [#naming] has.
    public int countNaming(String subject) {
        return readModel.naming(subject).size();
    }

    /// The entries of the wanted buckets in a sort order, after a key or from the beginning.
    public Iterator<IndexEntry> after(Sort sort, @Nullable Key key, Predicate<IndexBucket> wanted) {
        var heads = new PriorityQueue<Head>();
        orders.getOrDefault(sort, Map.of()).forEach((bucket, entries) -> {
            if (wanted.test(bucket))
                Head.of((key == null ? entries : entries.tailMap(key, false))
                                .entrySet()
                                .iterator())
                        .ifPresent(heads::add);
        });
        return new Iterator<>() {

            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public IndexEntry next() {
                Head first = heads.remove();
                Head.of(first.rest()).ifPresent(heads::add);
                return first.entry();
            }
        };
    }

    /// The next entry of a bucket, and the rest of the bucket.
    private record Head(Key key, IndexEntry entry, Iterator<Map.Entry<Key, IndexEntry>> rest)
            implements Comparable<Head> {

        static Optional<Head> of(Iterator<Map.Entry<Key, IndexEntry>> entries) {
            if (!entries.hasNext()) return Optional.empty();
            Map.Entry<Key, IndexEntry> next = entries.next();
            return Optional.of(new Head(next.getKey(), next.getValue(), entries));
        }

        @Override
        public int compareTo(Head other) {
            return key.compareTo(other.key);
        }
    }
}
