package koinon.gateway.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import koinon.gateway.audience.Caller;
import koinon.gateway.directory.KnownCity;
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

        private String key(Status it) {
            return switch (this) {
                case TITLE -> it.title().toLowerCase(Locale.ROOT);
                case DEADLINE -> deadline(it);
                case UPDATED -> aligned(-it.updated().toEpochMilli());
                case HEALTH -> WORST_FIRST.indexOf(it.health().level()) + deadline(it);
            };
        }

        private static final List<Level> WORST_FIRST = List.of(Level.values()).reversed();

        private static String deadline(Status it) {
            return it.nextDeadline() == null
                    ? "~"
                    : aligned(it.nextDeadline().at().toEpochMilli());
        }

        // As many digits for every moment, so that text sorts as time does.
        private static String aligned(long millis) {
            return Long.toString(5_000_000_000_000_000L + millis);
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

    private record Keyed(String key, Status status) {

        private static final Comparator<Keyed> ORDER =
                Comparator.comparing(Keyed::key).thenComparing(it -> it.status.id());

        private String cursor() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString((status.id() + " " + key).getBytes(UTF_8));
        }
    }

    /// The page of those that the caller may see.
    Page of(Stream<Shown> all, Caller caller) {
        @Nullable List<String> cursor = after == null ? null : cursor(after);
        List<Keyed> found = new ArrayList<>(all.filter(it -> matches(it) && it.isVisibleTo(caller.to(it.involved())))
                .map(it -> new Keyed(sort.key(it.status()), it.status()))
                .filter(it -> cursor == null || isBehind(it, cursor))
                .sorted(Keyed.ORDER)
                .limit(limit + 1L)
                .toList());
        boolean more = found.size() > limit;
        if (more) found.removeLast();
        return new Page(
                found.stream().map(it -> Row.of(it.status())).toList(),
                more ? found.getLast().cursor() : null);
    }

    private static boolean isBehind(Keyed it, List<String> cursor) {
        int compared = it.key().compareTo(cursor.getLast());
        return compared > 0 || (compared == 0 && it.status().id().compareTo(cursor.getFirst()) > 0);
    }

    private boolean matches(Shown it) {
        Status status = it.status();
        return (phase == null || phase.equals(status.phase()))
                && (call == null
                        || (status.call() != null && call.equals(status.call().id())))
                && (city == null || it.involved().contains("city/" + city))
                && (funder == null || it.involved().contains("funder/" + funder))
                && (health == null || health == it.level());
    }

    private static List<String> cursor(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 2);
            if (parts.length == 2) return List.of(parts);
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new Invalid("after", "after must be the next of a page before, or be left out.");
    }
}
