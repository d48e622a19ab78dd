package koinon.gateway.status;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.part.Parts;
import koinon.gateway.picture.Picture;
import koinon.gateway.picture.Reading;
import koinon.gateway.reading.Offsets;
import koinon.gateway.status.Listing.Line;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// The status of every project: what follows from its parts in the picture that is answered from, derived when it is
/// asked for.
@Component
@EnableScheduling
public final class Statuses {

    /// How many statuses are kept whole, with their ready bytes; of all others a line is kept.
    private static final int MOST_RECENT = 5_000;

    private final Reading reading;
    private final Contracts contracts;
    private final Clock clock;
    private final Map<Picture, Map<String, Line>> lines = new ConcurrentHashMap<>();
    private final Map<String, Parts> underivable = new ConcurrentHashMap<>();
    private final Shown.Recent recent = new Shown.Recent(MOST_RECENT);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Order order;
    private @Nullable Instant passed;
    private volatile @Nullable Picture next;
    private volatile @Nullable Order prepared;

    /// Whoever wants to know at once what changed.
    public interface Listener {

        /// These have changed by events, and everything up to these offsets has been told. The set stays as it is.
        void changed(Set<String> projects, Offsets upTo);

        /// This one has changed by the clock alone.
        void changedByClock(String project);

        /// All that the clock has changed up to this moment has been told.
        default void passed(Instant moment) {}
    }

    public Statuses(Reading reading, Contracts contracts, Clock clock) {
        this.reading = reading;
        this.contracts = contracts;
        this.clock = clock;
        reading.listen(new Reading.Listener() {

            @Override
            public void changed(Set<String> projects, Offsets upTo) {
                listeners.forEach(it -> it.changed(projects, upTo));
            }

            @Override
            public void prepare(Picture picture) {
                next = picture;
                prepared = sorted(picture);
            }
        });
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /// Everything up to these offsets is in what is found here.
    public Offsets upTo() {
        return reading.picture().upTo();
    }

    /// The status as it is now; empty while nothing is known that makes one.
    public Optional<Shown> find(String project) {
        Picture picture = reading.picture();
        @Nullable Parts now = picture.parts(project);
        return now == null ? Optional.empty() : Optional.ofNullable(shown(now, picture));
    }

    /// The lines that a list looks at, in its order: those on the shelves where it may find something, or the
    /// first of those that name its subject where these are fewer. One of `all / naming` projects names it, so
    /// that a page and one more are found after `(limit + 1) * all / naming` lines; the other way looks at all
    /// that name it.
    Iterator<Line> lines(Listing listing, Caller caller) {
        Picture picture = reading.picture();
        @Nullable String subject = listing.subject();
        Set<String> naming = subject == null ? Set.of() : picture.naming(subject);
        boolean few = (long) naming.size() * naming.size()
                <= (listing.limit() + 1L) * picture.parts().size();
        if (subject == null || !few)
            return upToDate().behind(listing.sort(), listing.behind(), it -> listing.mayFind(it, caller));
        return first(naming, listing, caller, picture);
    }

    private Iterator<Line> first(Set<String> projects, Listing listing, Caller caller, Picture picture) {
        Listing.@Nullable Key behind = listing.behind();
        var first = new TreeMap<Listing.Key, Line>();
        for (String it : projects) {
            @Nullable Parts parts = picture.parts(it);
            @Nullable Line line = parts == null ? null : line(parts, picture);
            if (line == null || !listing.shows(line, caller)) continue;
            Listing.Key key = listing.sort().key(line);
            if (behind != null && key.compareTo(behind) <= 0) continue;
            first.put(key, line);
            // One more than the page says whether there is a next.
            if (first.size() > listing.limit() + 1) first.pollLastEntry();
        }
        return first.values().iterator();
    }

    private synchronized Order upToDate() {
        // The one that is answered from by the time it is this one's turn.
        Picture picture = reading.picture();
        @Nullable Order known = order;
        if (known == null || !known.isOf(picture)) known = orderOf(picture);
        order = known;
        known.upToDate(clock.instant());
        return known;
    }

    /// The order of another picture than before. What the clock has changed in it and was not told yet is told here.
    @SuppressWarnings("ReferenceEquality") // It is about this one and not about one like it.
    private Order orderOf(Picture picture) {
        @Nullable Order ready = prepared;
        Order first = ready != null && ready.isOf(picture) ? ready : sorted(picture);
        if (next == picture) {
            next = null;
            prepared = null;
        }
        @Nullable Picture coming = next;
        lines.keySet().removeIf(it -> it != picture && it != coming);
        @Nullable Instant told = passed;
        if (told != null)
            linesOf(picture).forEach((project, it) -> {
                if (it.from().isAfter(told)) listeners.forEach(one -> one.changedByClock(project));
            });
        return first;
    }

    private Map<String, Line> linesOf(Picture picture) {
        return lines.computeIfAbsent(picture, _ -> new ConcurrentHashMap<>());
    }

    /// Derives every line of a picture, which takes seconds where there are many.
    private Order sorted(Picture picture) {
        Order sorted = new Order(picture, it -> line(it, picture));
        sorted.upToDate(clock.instant());
        return sorted;
    }

    /// Lets statuses notice that time passes, also when nobody asks.
    @Scheduled(fixedDelayString = "${koinon.status.tick:1s}")
    void pass() {
        if (reading.isCaughtUp()) tick();
    }

    /// Derives anew what events and the clock have changed, and tells.
    public void tick() {
        Instant moment = clock.instant();
        var _ = upToDate();
        for (Listener it : listeners) it.passed(moment);
        setPassed(moment);
    }

    private synchronized void setPassed(Instant moment) {
        passed = moment;
    }

    /// Whether what is answered for a project is what follows from its parts now.
    public boolean isSound(String project) {
        Picture picture = reading.picture();
        @Nullable Parts now = picture.parts(project);
        @Nullable Derivation derived = now == null ? null : derivation(now, picture, clock.instant());
        @Nullable Shown answered = now == null ? null : shown(now, picture);
        if (now == null || derived == null || answered == null) return derived == null && answered == null;
        return Stream.of(Reader.ANYONE, Reader.NETWORK)
                .allMatch(it -> new Shown(Line.of(now, derived), derived.status(), contracts)
                        .rendering(it)
                        .etag()
                        .equals(answered.rendering(it).etag()));
    }

    /// Every project that something after these offsets, or the clock after that moment, has changed.
    public Stream<String> changedSince(Offsets offsets, Instant moment) {
        Picture picture = reading.picture();
        return picture.parts().stream()
                .filter(it -> it.changedSince(offsets) || changedByClockSince(it, picture, moment))
                .map(Parts::id);
    }

    /// Whether something that anyone may know of after these offsets, or the clock after that moment, has changed it.
    public boolean changedPubliclySince(String project, Offsets offsets, Instant moment) {
        Picture picture = reading.picture();
        @Nullable Parts now = picture.parts(project);
        return now != null && (now.changedPubliclySince(offsets) || changedByClockSince(now, picture, moment));
    }

    private boolean changedByClockSince(Parts it, Picture picture, Instant moment) {
        @Nullable Line now = line(it, picture);
        return now != null && now.from().isAfter(moment);
    }

    private @Nullable Line line(Parts now, Picture picture) {
        @Nullable Line ready = linesOf(picture).get(now.id());
        if (ready != null && ready.isOf(now) && ready.holdsAt(clock.instant())) return ready;
        @Nullable Shown derived = derive(now, picture);
        return derived == null ? null : derived.line();
    }

    private @Nullable Shown shown(Parts now, Picture picture) {
        @Nullable Shown ready = recent.find(now.id());
        if (ready != null && ready.line().isOf(now) && ready.line().holdsAt(clock.instant())) return ready;
        @Nullable Shown derived = derive(now, picture);
        if (derived != null) recent.keep(now.id(), derived);
        return derived;
    }

    private @Nullable Shown derive(Parts now, Picture picture) {
        Instant at = clock.instant();
        @Nullable Derivation derived = derivation(now, picture, at);
        if (derived == null) return null;
        Line line = Line.of(now, derived);
        @Nullable Line before = linesOf(picture).get(now.id());
        // Told before anyone finds it: whoever finds nothing to tell any more may say that all has been told.
        if (before != null && before.isOf(now) && !before.holdsAt(at))
            for (Listener it : listeners) it.changedByClock(now.id());
        linesOf(picture).put(now.id(), line);
        return new Shown(line, derived.status(), contracts);
    }

    /// Absent also where an event lacks what a status needs: said once, until something about this project changes.
    /// All others are answered.
    @SuppressWarnings("ReferenceEquality") // Parts are never changed, and comparing all that they say takes long.
    private @Nullable Derivation derivation(Parts now, Picture picture, Instant at) {
        if (underivable.get(now.id()) == now) return null;
        try {
            return Derivation.of(now, picture.directory(), at);
        } catch (RuntimeException e) {
            if (underivable.put(now.id(), now) != now) picture.unreadable("project/" + now.id(), e);
            return null;
        }
    }
}
