package koinon.funding.funder;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.actor.Right;
import koinon.funding.Role;

/// What a caller may read in this service. A funder's people read what belongs to their funder, a city's people
/// what their city takes part in, the secretariat and auditors everything.
///
/// @param everything whether the caller reads everything
/// @param funders ids of the funders that the caller holds mandates for
/// @param cities ids of the cities that the caller holds mandates for
public record FundingVisibility(boolean everything, Set<String> funders, Set<String> cities) {

    private static final Set<Right> READS_ALL = Set.of(Role.SECRETARIAT.ofNetwork(), Role.AUDITOR.ofNetwork());
    private static final String FUNDER = "funder/";
    private static final String CITY = "city/";

    public static FundingVisibility of(Actor by) {
        return new FundingVisibility(
                by.mandates().stream().map(Mandate::right).anyMatch(READS_ALL::contains),
                scopes(by, FUNDER, it -> it.role().startsWith("funder-")),
                scopes(by, CITY, it -> it.role().startsWith("city-")));
    }

    private static Set<String> scopes(Actor by, String kind, Predicate<Mandate> role) {
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
