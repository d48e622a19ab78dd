package koinon.gateway.status;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;
import koinon.gateway.part.Parts;
import koinon.gateway.picture.Picture;
import koinon.gateway.status.Listing.Line;
import koinon.gateway.status.Listing.Sort;
import koinon.gateway.status.Status.Health.Level;
import org.jspecify.annotations.Nullable;

/// The lines of one picture in each order in which they are listed, on shelves by what lists ask for most, so that a
/// page costs the same however many there are. It is brought up to date before it is read: by what has changed in the
/// picture, and by what the clock is about to change.
final class Order {

    private final Picture picture;
    private final Function<Parts, @Nullable Line> line;
    private final Map<Sort, Map<Shelf, ConcurrentSkipListMap<Listing.Key, Line>>> sorted = new EnumMap<>(Sort.class);
    private final ConcurrentSkipListMap<Listing.Key, String> due = new ConcurrentSkipListMap<>();
    private final Map<String, Line> placed = new HashMap<>();

    /// What all lines in one place have in common; a line is on one shelf of each order.
    record Shelf(String phase, Level health, boolean approved) {

        private static Shelf of(Line it) {
            return new Shelf(it.row().phase(), it.row().health(), it.isApproved());
        }
    }

    /// @param line what is derived of parts now; absent while nothing is known that makes a status
    Order(Picture picture, Function<Parts, @Nullable Line> line) {
        this.picture = picture;
        this.line = line;
        for (Sort it : Sort.values()) sorted.put(it, new ConcurrentHashMap<>());
        picture.parts().forEach(this::place);
    }

    @SuppressWarnings("ReferenceEquality") // It is about this one and not about one like it.
    boolean isOf(Picture other) {
        return picture == other;
    }

    /// Puts each line that is another one now in its place.
    synchronized void upToDate(Instant now) {
        // Changes first: what changes while this goes on is found the next time.
        place(picture.takeUnlisted());
        place(Set.copyOf(due.headMap(Listing.Key.at(now), true).values()));
    }

    private void place(Set<String> projects) {
        for (String it : projects) {
            @Nullable Parts parts = picture.parts(it);
            if (parts != null) place(parts);
        }
    }

    @SuppressWarnings("ReferenceEquality") // A line is derived anew or is the same; comparing all of it takes long.
    private void place(Parts parts) {
        @Nullable Line now = line.apply(parts);
        if (now == null) {
            remove(parts.id());
            return;
        }
        @Nullable Line before = placed.put(parts.id(), now);
        if (before == now) return;
        // The new one first: a reader finds a line twice rather than not at all, and reads on from a key.
        sorted.forEach((sort, shelves) -> shelves.computeIfAbsent(Shelf.of(now), _ -> new ConcurrentSkipListMap<>())
                .put(sort.key(now), now));
        if (now.hasEnd()) due.put(now.end(), parts.id());
        if (before == null) return;
        boolean stays = Shelf.of(before).equals(Shelf.of(now));
        sorted.forEach((sort, shelves) -> {
            if (!stays || !sort.key(before).equals(sort.key(now))) take(before, sort, shelves);
        });
        if (before.hasEnd() && !before.until().equals(now.until())) due.remove(before.end());
    }

    /// What was known of it and no longer follows.
    private void remove(String project) {
        @Nullable Line before = placed.remove(project);
        if (before == null) return;
        sorted.forEach((sort, shelves) -> take(before, sort, shelves));
        if (before.hasEnd()) due.remove(before.end());
    }

    private static void take(Line it, Sort sort, Map<Shelf, ConcurrentSkipListMap<Listing.Key, Line>> shelves) {
        @Nullable ConcurrentSkipListMap<Listing.Key, Line> lines = shelves.get(Shelf.of(it));
        if (lines != null) lines.remove(sort.key(it));
    }

    /// The lines on some shelves behind a key, or all, in an order.
    Iterator<Line> behind(Sort sort, Listing.@Nullable Key key, Predicate<Shelf> wanted) {
        var heads = new PriorityQueue<Head>();
        sorted.getOrDefault(sort, Map.of()).forEach((shelf, lines) -> {
            if (wanted.test(shelf))
                Head.of((key == null ? lines : lines.tailMap(key, false))
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
            public Line next() {
                Head first = heads.remove();
                Head.of(first.rest()).ifPresent(heads::add);
                return first.line();
            }
        };
    }

    /// The first line of a shelf that was not taken yet, and what is behind it.
    private record Head(Listing.Key key, Line line, Iterator<Map.Entry<Listing.Key, Line>> rest)
            implements Comparable<Head> {

        static Optional<Head> of(Iterator<Map.Entry<Listing.Key, Line>> lines) {
            if (!lines.hasNext()) return Optional.empty();
            Map.Entry<Listing.Key, Line> next = lines.next();
            return Optional.of(new Head(next.getKey(), next.getValue(), lines));
        }

        @Override
        public int compareTo(Head other) {
            return key.compareTo(other.key);
        }
    }
}
