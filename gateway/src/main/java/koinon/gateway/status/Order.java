package koinon.gateway.status;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;
import koinon.gateway.part.Parts;
import koinon.gateway.picture.Picture;
import koinon.gateway.status.Listing.Line;
import koinon.gateway.status.Listing.Sort;
import org.jspecify.annotations.Nullable;

/// The lines of one picture in each order in which they are listed, so that a page costs the same however many there
/// are. It is brought up to date before it is read: by what has changed in the picture, and by what the clock is about
/// to change.
final class Order {

    private final Picture picture;
    private final Function<Parts, @Nullable Line> line;
    private final Map<Sort, ConcurrentSkipListMap<Listing.Key, Line>> sorted = new EnumMap<>(Sort.class);
    private final ConcurrentSkipListMap<Listing.Key, String> due = new ConcurrentSkipListMap<>();
    private final Map<String, Line> placed = new HashMap<>();

    /// @param line what is derived of parts now; absent while nothing is known that makes a status
    Order(Picture picture, Function<Parts, @Nullable Line> line) {
        this.picture = picture;
        this.line = line;
        for (Sort it : Sort.values()) sorted.put(it, new ConcurrentSkipListMap<>());
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
        sorted.forEach((sort, lines) -> lines.put(sort.key(now), now));
        if (now.hasEnd()) due.put(now.end(), parts.id());
        if (before == null) return;
        sorted.forEach((sort, lines) -> {
            if (!sort.key(before).equals(sort.key(now))) lines.remove(sort.key(before));
        });
        if (before.hasEnd() && !before.until().equals(now.until())) due.remove(before.end());
    }

    /// What was known of it and no longer follows.
    private void remove(String project) {
        @Nullable Line before = placed.remove(project);
        if (before == null) return;
        sorted.forEach((sort, lines) -> lines.remove(sort.key(before)));
        if (before.hasEnd()) due.remove(before.end());
    }

    /// The lines behind a key, or all, in an order.
    Stream<Line> behind(Sort sort, Listing.@Nullable Key key) {
        ConcurrentSkipListMap<Listing.Key, Line> all = sorted.getOrDefault(sort, new ConcurrentSkipListMap<>());
        return (key == null ? all : all.tailMap(key, false)).values().stream();
    }
}
