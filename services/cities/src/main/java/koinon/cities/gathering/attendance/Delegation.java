package koinon.cities.gathering.attendance;

import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The people that a city sends to a gathering.
///
/// @param registered those that the city announced
/// @param attended those that came; absent until they were counted
public record Delegation(Headcount registered, @Nullable Headcount attended) {

    /// The sums of several delegations.
    ///
    /// @param delegations how many there are
    /// @param attended absent until somebody was counted
    public record Sums(
            int delegations, Headcount registered, @Nullable Headcount attended) {

        public static Sums of(Collection<Delegation> several) {
            Headcount registered = several.stream().map(Delegation::registered).reduce(Headcount.NONE, Headcount::plus);
            @Nullable
            Headcount attended = several.stream()
                    .map(Delegation::attended)
                    .filter(Objects::nonNull)
                    .reduce(Headcount::plus)
                    .orElse(null);
            return new Sums(several.size(), registered, attended);
        }
    }
}
