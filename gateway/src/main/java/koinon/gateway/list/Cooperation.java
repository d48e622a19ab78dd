package koinon.gateway.list;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import koinon.gateway.audience.Contracts;
import koinon.gateway.directory.KnownCity;

/// Which cities work together, and how often.
///
/// @param cities the partner cities of all projects, those with most projects first
/// @param pairs the pairs of cities with most projects together, these first
record Cooperation(List<City> cities, List<Pair> pairs) {

    /// A city.
    ///
    /// @param projects number of projects in which it takes part
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record City(@JsonUnwrapped KnownCity city, int projects) {

        private static final Comparator<City> ORDER = Comparator.comparingInt(City::projects)
                .reversed()
                .thenComparing(it -> it.city().id());

        private City plus(City other) {
            return new City(city, projects + other.projects);
        }
    }

    /// Two cities, in the order of their ids.
    ///
    /// @param projects number of projects in which both take part
    /// @param money of these projects, one item per currency: of all their partners together
    record Pair(String a, String b, int projects, List<Summary.Sums> money) {

        private static final Comparator<Pair> ORDER = Comparator.comparingInt(Pair::projects)
                .reversed()
                .thenComparing(Pair::a)
                .thenComparing(Pair::b);

        private Pair plus(Pair other) {
            Map<String, Summary.Sums> sums = new TreeMap<>();
            for (Summary.Sums it : money) sums.put(it.currency(), it);
            for (Summary.Sums it : other.money) sums.merge(it.currency(), it, Summary.Sums::plus);
            return new Pair(a, b, projects + other.projects, List.copyOf(sums.values()));
        }
    }

    /// Upper bound of the pairs.
    static final int MOST_PAIRS = 500;

    /// A copy with fewer pairs.
    Cooperation top(int most) {
        return new Cooperation(cities, pairs.subList(0, Math.min(pairs.size(), most)));
    }

    static Cooperation of(Stream<VisibleProjects.Visible> projects, Contracts contracts) {
        Map<String, City> cities = new HashMap<>();
        Map<String, Pair> pairs = new HashMap<>();
        projects.forEach(it -> {
            var partners = new TreeMap<String, KnownCity>();
            for (KnownCity city : it.entry().partners()) partners.put(city.id(), city);
            List<Summary.Sums> money = it.entry().money(it.reader(), contracts).stream()
                    .map(Summary.Sums::of)
                    .toList();
            partners.forEach((a, city) -> {
                cities.merge(a, new City(city, 1), City::plus);
                for (String b : partners.tailMap(a, false).keySet())
                    pairs.merge(a + " " + b, new Pair(a, b, 1, money), Pair::plus);
            });
        });
        return new Cooperation(
                cities.values().stream().sorted(City.ORDER).toList(),
                pairs.values().stream().sorted(Pair.ORDER).limit(MOST_PAIRS).toList());
    }
}
