package koinon.projects.group;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// A replica of a group of cities; only received events change it. A group that was retired keeps its members.
///
/// @param name absent until an event has brought it
/// @param countries ISO 3166-1 alpha-2; each of their cities is in the group
/// @param cities ids of cities that are in it, whatever their country
@Document("groups")
public record KnownGroup(@Id String id, @Nullable String name, Set<String> countries, Set<String> cities) {

    public boolean has(String city, @Nullable String country) {
        return cities.contains(city) || (country != null && countries.contains(country));
    }
}
