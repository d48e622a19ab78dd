package koinon.cities.group;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import koinon.cities.GroupMembers;
import koinon.cities.Violations;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
import org.jspecify.annotations.Nullable;

/// Who is in a group, and who says so.
///
/// @param otherNames by which it is known too
/// @param countries ISO 3166-1 alpha-2 codes; each of their cities is in the group
/// @param cities ids of cities that are in it, whatever their country
/// @param coordinator id of the city that coordinates it; absent when there is none
/// @param source who says that these are its members
record Definition(
        List<LocalName> otherNames,
        List<String> countries,
        List<String> cities,
        @Nullable String coordinator,
        Source source) {

    static final int MOST_NAMES = 20;
    static final int MOST_COUNTRIES = 300;
    static final int MOST_CITIES = 1000;

    Definition {
        otherNames = List.copyOf(otherNames);
        countries = List.copyOf(countries);
        cities = List.copyOf(cities);
    }

    /// What this service knows of the countries and cities that a definition names.
    ///
    /// @param countries the codes among them that are countries
    /// @param cities the ids among them that are registered, the coordinator's too
    record Known(Set<String> countries, Set<String> cities) {}

    GroupMembers members() {
        return new GroupMembers(countries, cities);
    }

    void check(Known known, Violations violations) {
        violations.atMost("/otherNames", otherNames, MOST_NAMES);
        for (int i = 0; i < otherNames.size(); i++) otherNames.get(i).check("/otherNames/" + i, violations);
        if (countries.isEmpty() && cities.isEmpty())
            violations.wrong("/countries", "group.no-members", "A group has at least one country or one city.");
        violations.atMost("/countries", countries, MOST_COUNTRIES);
        violations.atMost("/cities", cities, MOST_CITIES);
        each("/countries/", countries, violations, (pointer, it) -> {
            if (!known.countries().contains(it))
                violations.wrong(pointer, "group.no-country", "%s is no country of ISO 3166-1.", "country", it);
        });
        each("/cities/", cities, violations, (pointer, it) -> {
            if (!known.cities().contains(it))
                violations.wrong(pointer, "city.unknown", "There is no city %s.", "city", it);
        });
        if (coordinator != null && !known.cities().contains(coordinator))
            violations.wrong("/coordinator", "city.unknown", "There is no city %s.", "city", coordinator);
        source.check("/source", violations);
    }

    private static void each(
            String place, List<String> members, Violations violations, BiConsumer<String, String> check) {
        for (int i = 0; i < members.size(); i++) {
            String member = members.get(i);
            if (members.indexOf(member) < i)
                violations.wrong(place + i, "group.named-twice", "%s is named twice.", "member", member);
            else check.accept(place + i, member);
        }
    }
}
