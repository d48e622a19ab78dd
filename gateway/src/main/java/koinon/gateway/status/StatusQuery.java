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
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.status.Status.Health.Level;
import org.jspecify.annotations.Nullable;

/// The filters, the sort order and the position of a page of projects. The page is selected from one small index
/// entry per project.
///
/// @param after the `next` of the previous page
record StatusQuery(
        @Nullable String phase,
        @Nullable String call,
        @Nullable String city,
        @Nullable String funder,
        @Nullable Level health,
        Sort sort,
        @Nullable String after,
        int limit) {

    /// The sort orders of projects; the id breaks ties.
    enum Sort {
        /// By title, ignoring case.
        TITLE,
        /// By the next deadline, the earliest first.
        DEADLINE,
        /// By the last change, the latest first.
        UPDATED,
        /// By health, the worst first, then by the next deadline.
        HEALTH;

        Key key(IndexEntry it) {
            ListItem item = it.item();
            return switch (this) {
                case TITLE -> new Key(0, item.title().toLowerCase(Locale.ROOT), item.id());
                case DEADLINE -> new Key(deadline(item), "", item.id());
                case UPDATED -> new Key(-item.updated().toEpochMilli(), "", item.id());
                case HEALTH ->
                    new Key(
                            WORST_FIRST.indexOf(item.health()) * HEALTH_BEFORE_DEADLINE + deadline(item),
                            "",
                            item.id());
            };
        }

        private static final List<Level> WORST_FIRST = List.of(Level.values()).reversed();

        // Greater than every epoch millisecond of the years 0 to 9999.
        private static final long HEALTH_BEFORE_DEADLINE = 1_000_000_000_000_000L;

        private static long deadline(ListItem it) {
            return it.nextDeadline() == null
                    ? HEALTH_BEFORE_DEADLINE / 2
                    : it.nextDeadline().at().toEpochMilli();
        }
    }

    /// The sort key of a project.
    record Key(long number, String text, String id) implements Comparable<Key> {

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

        private String encoded() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((number + " " + id + " " + text).getBytes(UTF_8));
        }

        private static Key decoded(String text) {
            try {
                String[] fields = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 3);
                if (fields.length == 3) return new Key(Long.parseLong(fields[0]), fields[2], fields[1]);
            } catch (IllegalArgumentException _) {
                // Reported below.
            }
            throw new ValidationFailed(
                    "after", "validation.after", "after must be the value of next of the previous page, or absent.");
        }
    }

    /// @param next the value of `after` for the next page; absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<ListItem> items, @Nullable String next) {}

    /// A project in a list.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ListItem(
            String id,
            String title,
            Status.@Nullable Call call,
            String phase,
            KnownCity lead,
            Level health,
            BigDecimal progress,
            Status.@Nullable Deadline nextDeadline,
            Instant updated) {

        private static ListItem of(Status it) {
            return new ListItem(
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

    /// The part of a status that a list needs; the only part that is kept for every project.
    ///
    /// @param involved the scopes of the partner cities and funders
    /// @param from the moment since which the clock has not changed it
    /// @param until the moment at which the clock changes it next
    record IndexEntry(ProjectFacts facts, ListItem item, Set<String> involved, Instant from, Instant until) {

        static IndexEntry of(ProjectFacts facts, DerivedStatus derivation) {
            Status status = derivation.status();
            return new IndexEntry(
                    facts, ListItem.of(status), involved(facts, status), derivation.from(), derivation.until());
        }

        private static Set<String> involved(ProjectFacts facts, Status status) {
            var involved = new LinkedHashSet<String>();
            for (String it : facts.cities()) involved.add("city/" + it);
            if (status.agreements() != null)
                for (Status.Agreement it : status.agreements())
                    if (it.fund().funder() != null)
                        involved.add("funder/" + it.fund().funder());
            return Set.copyOf(involved);
        }

        /// Whether the entry was derived from these facts.
        @SuppressWarnings("ReferenceEquality") // Facts are immutable, and comparing their content is slow.
        boolean isOf(ProjectFacts now) {
            return facts == now;
        }

        /// Whether the clock will change it.
        boolean hasEnd() {
            return until.isBefore(Instant.MAX);
        }

        /// Its sort key by the moment at which the clock changes it.
        Key end() {
            return new Key(until.toEpochMilli(), "", item.id());
        }

        /// Whether the clock has not changed it yet.
        boolean holdsAt(Instant at) {
            return at.isBefore(until);
        }

        /// Whether the project was approved, so that it is public.
        boolean isApproved() {
            return facts.approvedPlan() != null;
        }

        /// Whether the part that this reader may see names this city and this funder: the cities are public, the
        /// agreements are not.
        boolean names(@Nullable String city, @Nullable String funder, Reader reader) {
            return (city == null || involved.contains("city/" + city))
                    && (funder == null || (reader.isInvolved() && involved.contains("funder/" + funder)));
        }

        /// Whether this reader may see the project at all.
        boolean isVisibleTo(Reader reader) {
            return reader.isInvolved() || isApproved();
        }
    }

    /// The subject by which the read model can find fewer candidates; absent if all projects are candidates.
    @Nullable
    String subject() {
        if (city != null) return "city/" + city;
        if (funder != null) return "funder/" + funder;
        return call == null ? null : "call/" + call;
    }

    /// The last key of the previous page; absent for the first page.
    ///
    /// @throws ValidationFailed when the value is not the `next` of a page
    @Nullable
    Key cursor() {
        return after == null ? null : Key.decoded(after);
    }

    /// The page of the projects that the caller may see.
    ///
    /// @param ordered entries in the sort order, after the previous page
    Page of(Iterator<IndexEntry> ordered, Caller caller) {
        var found = new LinkedHashMap<String, IndexEntry>();
        while (ordered.hasNext() && found.size() <= limit) {
            IndexEntry it = ordered.next();
            if (shows(it, caller)) found.putIfAbsent(it.item().id(), it);
        }
        List<IndexEntry> first = found.values().stream().limit(limit).toList();
        return new Page(
                first.stream().map(IndexEntry::item).toList(),
                found.size() > limit ? sort.key(first.getLast()).encoded() : null);
    }

    /// Whether the entry matches the filters and the caller may see it.
    boolean shows(IndexEntry it, Caller caller) {
        if (!matches(it.item())) return false;
        Reader reader = caller.to(it.involved());
        return it.isVisibleTo(reader) && it.names(city, funder, reader);
    }

    /// Whether the bucket can contain an entry that matches and that the caller may see.
    boolean mayContain(StatusIndex.IndexBucket bucket, Caller caller) {
        return (phase == null || phase.equals(bucket.phase()))
                && (health == null || health == bucket.health())
                && (bucket.approved() || caller.mayTakePart());
    }

    private boolean matches(ListItem item) {
        return (phase == null || phase.equals(item.phase()))
                && (call == null
                        || (item.call() != null && call.equals(item.call().id())))
                && (health == null || health == item.health());
    }
}
