package koinon.gateway.list;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import koinon.eventing.value.Money;
import koinon.gateway.audience.Contracts;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.status.Status;
import org.jspecify.annotations.Nullable;

/// Figures of several projects together. A project counts once in each of its fields, regions and goals.
///
/// @param cities number of their partner cities
/// @param countries number of the countries of these cities
/// @param money one item per currency; currencies are never added up
public record Summary(
        int projects,
        int cities,
        int countries,
        List<Counts.Count> phases,
        List<Counts.Count> health,
        List<Counts.Count> fields,
        List<Counts.Count> regions,
        List<Counts.Count> sdgs,
        List<Sums> money) {

    /// The sums of all projects in one currency.
    ///
    /// @param payable absent unless the reader may see it for each of the projects
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sums(
            String currency, Money committed, @Nullable Money payable, Money paid) {

        static Sums of(Status.Sums it) {
            return new Sums(it.currency(), it.committed(), it.payable(), it.paid());
        }

        Sums plus(Sums other) {
            return new Sums(
                    currency,
                    committed.plus(other.committed),
                    payable == null || other.payable == null ? null : payable.plus(other.payable),
                    paid.plus(other.paid));
        }
    }

    static Summary of(Stream<VisibleProjects.Visible> projects, Contracts contracts) {
        var counts = new Counts();
        Set<String> cities = new HashSet<>();
        Set<String> countries = new HashSet<>();
        Map<String, Sums> money = new TreeMap<>();
        projects.forEach(it -> {
            counts.add(it.entry(), it.reader(), Set.of());
            for (KnownCity city : it.entry().partners()) {
                cities.add(city.id());
                if (city.country() != null) countries.add(city.country());
            }
            for (Status.Sums sums : it.entry().money(it.reader(), contracts))
                money.merge(sums.currency(), Sums.of(sums), Sums::plus);
        });
        return new Summary(
                counts.all(),
                cities.size(),
                countries.size(),
                counts.of(Facet.PHASE),
                counts.of(Facet.HEALTH),
                counts.of(Facet.FIELD),
                counts.of(Facet.REGION),
                counts.of(Facet.SDG),
                List.copyOf(money.values()));
    }
}
