package koinon.projects.city;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// A city as its own service told of it; nothing here changes it but what is heard.
///
/// @param country ISO 3166-1 alpha-2
/// @param region UNESCO's region
/// @param field its creative field; absent until designated, and for a city outside the network
@Document("cities")
public record KnownCity(
        @Id String id,
        @Nullable String name,
        @Nullable String country,
        @Nullable String region,
        @Nullable String field,
        @Nullable State state) {

    /// The creative fields there are, as cities are told of with them.
    public static final List<String> FIELDS = List.of(
            "Architecture", "Crafts and Folk Art", "Design", "Film", "Gastronomy", "Literature", "Media Arts", "Music");

    /// Where a city stands in the network.
    public enum State {
        /// Asks to be designated.
        CANDIDATE,
        /// Outside the network, and may be a partner.
        COOPERATING,
        /// A member.
        DESIGNATED,
        /// A member that was asked to leave.
        INVITED_TO_LEAVE,
        /// No longer a member: takes part in nothing new.
        LEFT
    }

    /// Whether it may take part in something new.
    public boolean mayTakePart() {
        return state != State.LEFT;
    }

    /// Its name, or its id until the name was heard.
    public String label() {
        return name == null ? id : name;
    }
}
