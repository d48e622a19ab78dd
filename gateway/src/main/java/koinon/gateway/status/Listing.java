package koinon.gateway.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.part.Parts;
import koinon.gateway.status.Status.Health.Level;
import koinon.platform.model.Invalid;
import org.jspecify.annotations.Nullable;

/// A page of projects: what is asked for, and how it is found over one small row per project.
///
/// @param after where the page before ended, as its `next` said
record Listing(
        @Nullable String phase,
        @Nullable String call,
        @Nullable String city,
        @Nullable String funder,
        @Nullable Level health,
        Sort sort,
        @Nullable String after,
        int limit) {

    /// In which order projects are listed; within one place by id.
    enum Sort {
        /// By title, letters only.
        TITLE,
        /// What is due first comes first.
        DEADLINE,
        /// What changed last comes first.
        UPDATED,
        /// What fares worst comes first, then what is due first.
        HEALTH;

        Key key(Line it) {
            Row row = it.row();
            return switch (this) {
                case TITLE -> new Key(0, row.title().toLowerCase(Locale.ROOT), row.id());
                case DEADLINE -> new Key(deadline(row), "", row.id());
                case UPDATED -> new Key(-row.updated().toEpochMilli(), "", row.id());
                case HEALTH ->
                    new Key(WORST_FIRST.indexOf(row.health()) * HEALTH_BEFORE_DEADLINE + deadline(row), "", row.id());
            };
        }

        private static final List<Level> WORST_FIRST = List.of(Level.values()).reversed();

        // More than all milliseconds of the years 0 to 9999.
        private static final long HEALTH_BEFORE_DEADLINE = 1_000_000_000_000_000L;

        private static long deadline(Row it) {
            return it.nextDeadline() == null
                    ? HEALTH_BEFORE_DEADLINE / 2
                    : it.nextDeadline().at().toEpochMilli();
        }
    }

    /// Where a project stands in a list.
    record Key(long number, String text, String id) implements Comparable<Key> {

        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::number).thenComparing(Key::text).thenComparing(Key::id);
        private static final String LAST = "\uffff";

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        /// Behind everything up to a moment.
        static Key at(Instant moment) {
            return new Key(moment.toEpochMilli(), LAST, LAST);
        }

        private String encoded() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((number + " " + id + " " + text).getBytes(UTF_8));
        }

        private static Key decoded(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 3);
                if (parts.length == 3) return new Key(Long.parseLong(parts[0]), parts[2], parts[1]);
            } catch (IllegalArgumentException _) {
                // said below
            }
            throw new Invalid("after", "after must be the next of a page before, or be left out.");
        }
    }

    /// @param next pass as `after` for what follows; absent at the end
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Row> items, @Nullable String next) {}

    /// A project in a list.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String id,
            String title,
            Status.@Nullable Call call,
            String phase,
            KnownCity lead,
            Level health,
            BigDecimal progress,
            Status.@Nullable Deadline nextDeadline,
            Instant updated) {

        private static Row of(Status it) {
            return new Row(
                    it.id(),
                    it.title(),
                    it.call(),
                    it.phase(),
                    it.lead(),
                    it.health().level(),
                    it.progress(),
                    it.nextDeadline(),
                    it.updated());
        }
    }

    /// The little that is kept of every status, so that a list needs no more.
    ///
    /// @param involved the scopes of those who take part: partner cities and funders
    /// @param from the moment since which the clock has not changed it
    /// @param until the moment at which the clock changes it next
    record Line(Parts parts, Row row, Set<String> involved, Instant from, Instant until) {

        static Line of(Parts parts, Derivation derivation) {
            Status status = derivation.status();
            return new Line(parts, Row.of(status), involved(status), derivation.from(), derivation.until());
        }

        private static Set<String> involved(Status status) {
            var involved = new LinkedHashSet<String>();
            for (Status.Partner it : status.partners())
                if (!it.state().equals("DECLINED") && !it.state().equals("REMOVED"))
                    involved.add("city/" + it.city().id());
            if (status.agreements() != null)
                for (Status.Agreement it : status.agreements())
                    if (it.fund().funder() != null)
                        involved.add("funder/" + it.fund().funder());
            return Set.copyOf(involved);
        }

        /// Whether it is what follows from these parts.
        @SuppressWarnings("ReferenceEquality") // Parts are never changed, and comparing all that they say takes long.
        boolean isOf(Parts now) {
            return parts == now;
        }

        /// Whether the clock will make it another one.
        boolean hasEnd() {
            return until.isBefore(Instant.MAX);
        }

        /// Where it stands among those that the clock changes.
        Key end() {
            return new Key(until.toEpochMilli(), "", row.id());
        }

        /// Whether the clock has not made it another one yet.
        boolean holdsAt(Instant at) {
            return at.isBefore(until);
        }

        /// Whether it was approved, so that anyone may know of it.
        boolean isApproved() {
            return parts.award() != null;
        }

        /// Whether it names this city and this funder in what this reader is shown of it: anyone is shown the cities,
        /// but no one's agreement.
        boolean names(@Nullable String city, @Nullable String funder, Reader reader) {
            return (city == null || involved.contains("city/" + city))
                    && (funder == null || (reader.isInvolved() && involved.contains("funder/" + funder)));
        }

        /// Whether this reader may know of it at all.
        boolean isVisibleTo(Reader reader) {
            return reader.isInvolved() || isApproved();
        }
    }

    /// The subject by which the picture finds fewer projects to look at; absent when all have to be.
    @Nullable
    String subject() {
        if (city != null) return "city/" + city;
        if (funder != null) return "funder/" + funder;
        return call == null ? null : "call/" + call;
    }

    /// Where the page before ended; absent at the beginning.
    ///
    /// @throws Invalid when it is not what a page said
    @Nullable
    Key behind() {
        return after == null ? null : Key.decoded(after);
    }

    /// The page of those that the caller may see.
    ///
    /// @param ordered in the order of this list, from behind the page before on
    Page of(Iterator<Line> ordered, Caller caller) {
        var found = new LinkedHashMap<String, Line>();
        while (ordered.hasNext() && found.size() <= limit) {
            Line it = ordered.next();
            if (shows(it, caller)) found.putIfAbsent(it.row().id(), it);
        }
        List<Line> first = found.values().stream().limit(limit).toList();
        return new Page(
                first.stream().map(Line::row).toList(),
                found.size() > limit ? sort.key(first.getLast()).encoded() : null);
    }

    /// Whether it is what this list asks for, and this caller may see it.
    boolean shows(Line it, Caller caller) {
        if (!matches(it.row())) return false;
        Reader reader = caller.to(it.involved());
        return it.isVisibleTo(reader) && it.names(city, funder, reader);
    }

    /// Whether there may be something on this shelf that is shown to this caller.
    boolean mayFind(Order.Shelf shelf, Caller caller) {
        return (phase == null || phase.equals(shelf.phase()))
                && (health == null || health == shelf.health())
                && (shelf.approved() || caller.mayTakePart());
    }

    private boolean matches(Row row) {
        return (phase == null || phase.equals(row.phase()))
                && (call == null
                        || (row.call() != null && call.equals(row.call().id())))
                && (health == null || health == row.health());
    }
}
