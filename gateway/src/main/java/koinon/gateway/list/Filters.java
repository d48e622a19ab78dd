package koinon.gateway.list;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.lifecycle.StateFlags;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.Status.Health.Level;
import koinon.gateway.status.StatusIndex;
import org.jspecify.annotations.Nullable;

/// What a caller wants to see of all projects that the caller may see. A facet is filtered by one of its values.
///
/// @param facets the wanted value of each facet that is filtered
/// @param words what a search looks for; each of them must occur
record Filters(
        Map<Facet, String> facets,
        @Nullable String city,
        @Nullable String country,
        @Nullable String theme,
        List<String> words) {

    private static final Set<String> PHASES = StateFlags.published().names("proposal", "project");
    private static final int LONGEST = 200;
    private static final int SDGS = 17;

    static final Filters NONE = new Filters(Map.of(), null, null, null, List.of());

    Filters {
        facets = Map.copyOf(facets);
        words = List.copyOf(words);
    }

    /// Collects filters from the parameters of a request, and what is wrong with them.
    static final class Builder {

        private final Map<Facet, String> facets = new EnumMap<>(Facet.class);
        private final List<ValidationFailed.Violation> wrong = new ArrayList<>();
        private @Nullable String city;
        private @Nullable String country;
        private @Nullable String theme;
        private List<String> words = List.of();

        Builder phase(@Nullable String phase) {
            return facet(Facet.PHASE, phase == null ? null : oneOf("phase", phase, PHASES.stream()));
        }

        Builder health(@Nullable String health) {
            return facet(
                    Facet.HEALTH,
                    health == null
                            ? null
                            : oneOf("health", health, Stream.of(Level.values()).map(Enum::name)));
        }

        Builder sdg(@Nullable Integer sdg) {
            if (sdg != null) number("sdg", sdg, SDGS);
            return facet(Facet.SDG, sdg == null ? null : sdg.toString());
        }

        /// @param value of a facet that any text can be a value of
        Builder facet(Facet facet, @Nullable String value) {
            if (value != null && bounded(facet.parameter(), value)) facets.put(facet, value);
            return this;
        }

        Builder city(@Nullable String id) {
            if (id != null && bounded("city", id)) city = id;
            return this;
        }

        Builder country(@Nullable String code) {
            if (code != null && !code.matches("[A-Za-z]{2}"))
                wrong.add(new ValidationFailed.Violation(
                        "country", "validation.country", "country must be two letters, as in ISO 3166-1."));
            country = code == null ? null : code.toUpperCase(Locale.ROOT);
            return this;
        }

        Builder theme(@Nullable String text) {
            if (text != null && bounded("theme", text)) theme = text;
            return this;
        }

        Builder search(@Nullable String text) {
            if (text != null && bounded("q", text))
                words = Stream.of(IndexEntry.folded(text).split("\\s+", -1))
                        .filter(it -> !it.isEmpty())
                        .distinct()
                        .toList();
            return this;
        }

        /// A number from 1 on.
        int number(String parameter, int value, int most) {
            if (value < 1 || value > most)
                wrong.add(new ValidationFailed.Violation(
                        parameter,
                        "validation.parameter-between",
                        "%s must be between 1 and %s.",
                        "parameter",
                        parameter,
                        "max",
                        most));
            return value;
        }

        /// A value of an enum, ignoring case; the first one if it is none of them.
        <E extends Enum<E>> E oneOf(String parameter, String value, E[] allowed) {
            String name = oneOf(parameter, value, Stream.of(allowed).map(Enum::name));
            return Stream.of(allowed)
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElse(allowed[0]);
        }

        private String oneOf(String parameter, String value, Stream<String> allowed) {
            List<String> names = allowed.toList();
            String name = value.toUpperCase(Locale.ROOT);
            if (!names.contains(name))
                wrong.add(new ValidationFailed.Violation(
                        parameter,
                        "validation.parameter-one-of",
                        "%s must be one of %s.",
                        "parameter",
                        parameter,
                        "allowed",
                        names.stream().map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))));
            return name;
        }

        private boolean bounded(String parameter, String value) {
            if (value.length() <= LONGEST) return true;
            wrong.add(new ValidationFailed.Violation(
                    parameter,
                    "validation.parameter-length",
                    "%s must have at most %s characters.",
                    "parameter",
                    parameter,
                    "max",
                    LONGEST));
            return false;
        }

        /// @throws ValidationFailed with everything that is wrong
        Filters build() {
            if (!wrong.isEmpty()) throw new ValidationFailed(wrong);
            return new Filters(facets, city, country, theme, words);
        }
    }

    /// The subject by which the index can find fewer candidates; absent if all projects are candidates.
    @Nullable
    String subject() {
        if (city != null) return "city/" + city;
        if (facets.containsKey(Facet.FUNDER)) return "funder/" + facets.get(Facet.FUNDER);
        return facets.containsKey(Facet.CALL) ? "call/" + facets.get(Facet.CALL) : null;
    }

    /// Whether the bucket can contain an entry that matches and that the caller may see.
    boolean mayContain(StatusIndex.IndexBucket bucket, Caller caller) {
        return bucket.phase().equals(facets.getOrDefault(Facet.PHASE, bucket.phase()))
                && bucket.health()
                        .name()
                        .equals(facets.getOrDefault(
                                Facet.HEALTH, bucket.health().name()))
                && (bucket.approved() || caller.mayTakePart());
    }

    boolean match(IndexEntry it, Reader reader) {
        return matchOthers(it, reader) && failed(it, reader).isEmpty();
    }

    /// Whether the filters match that are not those of facets.
    boolean matchOthers(IndexEntry it, Reader reader) {
        return it.names(city, null, reader)
                && (country == null || ofAnyCity(it, city -> country.equals(city.country())))
                && (theme == null || it.themes().stream().anyMatch(theme::equalsIgnoreCase))
                && words.stream().allMatch(it.text()::contains);
    }

    private static boolean ofAnyCity(IndexEntry it, Predicate<KnownCity> test) {
        return it.partners().stream().anyMatch(test);
    }

    /// The facets whose filter does not match.
    Set<Facet> failed(IndexEntry it, Reader reader) {
        if (facets.isEmpty()) return Set.of();
        Set<Facet> failed = EnumSet.noneOf(Facet.class);
        facets.forEach((facet, wanted) -> {
            if (facet.of(it, reader).stream().noneMatch(one -> facet.isSame(one.id(), wanted))) failed.add(facet);
        });
        return failed;
    }
}
