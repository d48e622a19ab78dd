package koinon.gateway.outcome;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import koinon.gateway.directory.KnownCity;
import koinon.gateway.list.Summary;
import koinon.gateway.status.IndexEntry.ListItem;
import org.jspecify.annotations.Nullable;

/// What came of a gathering, as far as the reader may see each link.
///
/// @param kind code of its kind: `conference`
/// @param toBeConfirmed whether its last day is past and nobody has said that it was held
/// @param city the host city
/// @param ideas that were raised in it; for readers who are no members of the network, those of which an approved
///     project came
/// @param projects and proposals that name it or one of these ideas as their origin, the latest first
/// @param money of these projects, one item per currency
@JsonInclude(JsonInclude.Include.NON_NULL)
record Outcome(
        String id,
        String kind,
        String title,
        String state,
        boolean toBeConfirmed,
        KnownCity city,
        @Nullable LocalDate first,
        @Nullable LocalDate last,
        List<Idea> ideas,
        List<ListItem> projects,
        List<Summary.Sums> money) {

    /// @param city that raised it
    /// @param session title of the session in which it was raised; absent if it was raised in none
    /// @param takenUp ids of the projects and proposals that came of it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Idea(
            String id,
            String title,
            String state,
            KnownCity city,
            @Nullable String session,
            List<String> takenUp) {}
}
