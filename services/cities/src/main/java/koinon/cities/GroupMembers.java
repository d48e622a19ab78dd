package koinon.cities;

import java.util.List;
import java.util.Optional;

/// Who is in a group: the cities of its countries, and its cities.
///
/// @param countries ISO 3166-1 alpha-2 codes
/// @param cities ids
public record GroupMembers(List<String> countries, List<String> cities) {

    public GroupMembers {
        countries = List.copyOf(countries);
        cities = List.copyOf(cities);
    }

    /// Finds the members of groups.
    @FunctionalInterface
    public interface Lookup {

        /// Empty when there is no group of this id.
        Optional<GroupMembers> members(String group);
    }
}
