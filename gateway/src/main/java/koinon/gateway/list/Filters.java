package koinon.gateway.list;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Reader;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.directory.KnownGroup;
import koinon.gateway.lifecycle.StateFlags;
import koinon.gateway.parameter.Parameters;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.Status.Health.Level;
import koinon.gateway.status.StatusIndex;
import org.jspecify.annotations.Nullable;

/// What a caller wants to see of all projects that the caller may see. A facet is filtered by one of its values.
///
/// @param facets the wanted value of each facet that is filtered
/// @param group a partner city is in it; its members are part of the filter, so that results follow their changes
/// @param words what a search looks for; each of them must occur
record Filters(
        Map<Facet, String> facets,
        @Nullable String city,
        @Nullable String country,
        @Nullable KnownGroup group,
        @Nullable String theme,
        List<String> words) {

    private static final Set<String> PHASES = StateFlags.published().names("proposal", "project");
    private static final int SDGS = 17;

    static final Filters NONE = new Filters(Map.of(), null, null, null, null, List.of());

    Filters {
        facets = Map.copyOf(facets);
        words = List.copyOf(words);
    }

    /// Collects filters from the parameters of a request.
    static final class Builder {

        private final Parameters parameters;
        private final Map<Facet, String> facets = new EnumMap<>(Facet.class);
        private @Nullable String city;
        private @Nullable String country;
        private @Nullable KnownGroup group;
        private @Nullable String theme;
        private List<String> words = List.of();

        Builder(Parameters parameters) {
            this.parameters = parameters;
        }

        Builder phase(@Nullable String phase) {
            if (phase != null) facets.put(Facet.PHASE, parameters.oneOf("phase", phase, PHASES.stream()));
            return this;
        }

        Builder health(@Nullable String health) {
            if (health != null)
                facets.put(
                        Facet.HEALTH,
                        parameters.oneOf("health", health, Level.values()).name());
            return this;
        }

        Builder sdg(@Nullable String sdg) {
            if (sdg != null) facets.put(Facet.SDG, String.valueOf(parameters.number("sdg", sdg, SDGS)));
            return this;
        }

        /// @param value of a facet that any text can be a value of
        Builder facet(Facet facet, @Nullable String value) {
            if (value != null) facets.put(facet, value);
            var _ = parameters.text(facet.parameter(), value);
            return this;
        }

        Builder city(@Nullable String id) {
            city = parameters.text("city", id);
            return this;
        }

        Builder country(@Nullable String code) {
            if (code != null && !code.matches("[A-Za-z]{2}"))
                parameters.wrong(
                        "country", "validation.country-code", "country must be two letters, as in ISO 3166-1.");
            country = code == null ? null : code.toUpperCase(Locale.ROOT);
            return this;
        }

        /// @param directory finds a group; one that is not known has no members
        Builder group(@Nullable String id, Function<String, KnownGroup> directory) {
            @Nullable String wanted = parameters.text("group", id);
            group = wanted == null ? null : directory.apply(wanted);
            return this;
        }

        Builder theme(@Nullable String text) {
            theme = parameters.text("theme", text);
            return this;
        }

        Builder search(@Nullable String text) {
            @Nullable String wanted = parameters.text("q", text);
            words = wanted == null
                    ? List.of()
                    : Stream.of(IndexEntry.folded(wanted).split("\\s+", -1))
                            .filter(it -> !it.isEmpty())
                            .distinct()
                            .toList();
            if (wanted != null && words.isEmpty())
                parameters.wrong("q", "validation.search", "q must have a letter, a digit or a sign to look for.");
            return this;
        }

        /// @throws koinon.eventing.rule.ValidationFailed with everything that is wrong with the parameters
        Filters build() {
            parameters.check();
            return new Filters(facets, city, country, group, theme, words);
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
                && (group == null || ofAnyCity(it, group::has))
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
