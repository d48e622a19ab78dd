package koinon.funding.city;

import koinon.eventing.rule.RuleViolation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/// A replica of a city, by which the steps to an agreement are judged; only received events change it.
///
/// @param name the registered name; absent until it was received
/// @param left whether it has left the network; absent until it did
@Document("cities")
public record KnownCity(
        @Id String id, @Nullable String name, @Nullable Boolean left) {

    /// Refuses an agreement for a city that has left the network.
    ///
    /// @param beneficiary absent while nothing was heard of the city
    /// @throws RuleViolation `beneficiary-left`
    public static void mustBeAdmitted(@Nullable KnownCity beneficiary) {
        if (beneficiary != null && Boolean.TRUE.equals(beneficiary.left()))
            throw new RuleViolation(
                    "beneficiary-left",
                    "%s has left the network. The secretariat decides how its project goes on.",
                    "city",
                    beneficiary.name() == null ? beneficiary.id() : beneficiary.name());
    }
}
