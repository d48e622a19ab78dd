package koinon.funding.funder;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import koinon.platform.model.By;
import koinon.platform.model.Mandate;

/// What of funding a caller may read: a funder's people what is their funder's, people of a city what their city
/// takes part in, secretariat and auditors everything.
///
/// @param everything whether nothing is hidden from the caller
/// @param funders ids of the funders that the caller works for
/// @param cities ids of the cities that the caller works for
public record Sight(boolean everything, Set<String> funders, Set<String> cities) {

    private static final Set<String> READS_ALL = Set.of("secretariat@network", "auditor@network");
    private static final String FUNDER = "funder/";
    private static final String CITY = "city/";

    public static Sight of(By by) {
        return new Sight(
                by.mandates().stream().map(Mandate::key).anyMatch(READS_ALL::contains),
                scopes(by, FUNDER, it -> it.role().startsWith("funder-")),
                scopes(by, CITY, it -> it.role().startsWith("city-")));
    }

    private static Set<String> scopes(By by, String kind, Predicate<Mandate> role) {
        return by.mandates().stream()
                .filter(role)
                .map(Mandate::scope)
                .filter(it -> it.startsWith(kind))
                .map(it -> it.substring(kind.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    public boolean seesFunder(String funder) {
        return everything || funders.contains(funder);
    }
}
