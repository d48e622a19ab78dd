package koinon.gateway.list;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.gateway.audience.Reader;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.Status;
import org.jspecify.annotations.Nullable;

/// How many projects match, and how many have each value of each facet.
final class Counts {

    /// Upper bound of the values of one facet in an answer: there can be many calls and funders.
    private static final int MOST_VALUES = 100;

    private final Map<Facet, Map<String, Count>> facets = new EnumMap<>(Facet.class);
    private int all;

    /// A value and the number of projects that have it.
    ///
    /// @param label its name; absent if the value says it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Count(String value, @Nullable String label, int count) {

        private static final Comparator<Count> ORDER =
                Comparator.comparingInt(Count::count).reversed().thenComparing(Count::value);

        private Count plus(Count other) {
            return new Count(value, label, count + other.count);
        }
    }

    /// Counts a project in the facets whose own filter is the only one that it may fail.
    ///
    /// @param failed the facets whose filter it does not match
    void add(IndexEntry it, Reader reader, Set<Facet> failed) {
        if (failed.size() > 1) return;
        if (failed.isEmpty()) all++;
        for (Facet facet : Facet.values()) {
            if (!failed.isEmpty() && !failed.contains(facet)) continue;
            Map<String, Count> counts = facets.computeIfAbsent(facet, _ -> new HashMap<>());
            for (Status.Named value : facet.of(it, reader))
                counts.merge(value.id(), new Count(value.id(), value.name(), 1), Count::plus);
        }
    }

    int all() {
        return all;
    }

    /// The most frequent values of a facet, the most frequent first.
    List<Count> of(Facet facet) {
        List<Count> sorted =
                new ArrayList<>(facets.getOrDefault(facet, Map.of()).values());
        sorted.sort(Count.ORDER);
        return List.copyOf(sorted.subList(0, Math.min(sorted.size(), MOST_VALUES)));
    }

    Map<String, List<Count>> byParameter() {
        Map<String, List<Count>> named = new LinkedHashMap<>();
        for (Facet it : Facet.values()) named.put(it.parameter(), of(it));
        return named;
    }
}
