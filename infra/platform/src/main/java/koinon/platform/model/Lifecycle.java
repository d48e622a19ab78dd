package koinon.platform.model;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The states of an aggregate. Its law is one exhaustive switch over the events:
///
/// ```
/// State after(ProjectEvent event) {
///     return switch (event) {
///         case ProjectStarted _ -> from(CONTRACTING).to(ACTIVE);
///         case MilestoneEvent _ -> from(ACTIVE);
///     };
/// }
/// ```
///
/// No `to` means that the state stays.
public interface Lifecycle<S extends Enum<S> & Lifecycle<S>> {

    /// The next state. Reads best behind [#from].
    default S to(S next) {
        return next;
    }

    /// This state when it is one of those named.
    ///
    /// @throws RuleBroken `wrong-state` when it is none of them
    @SuppressWarnings("unchecked")
    default S from(S first, S... others) {
        S self = (S) this;
        if (self == first || List.of(others).contains(self)) return self;
        throw new RuleBroken(
                "wrong-state",
                "This is possible in "
                        + Stream.concat(Stream.of(first), Stream.of(others))
                                .map(Enum::name)
                                .collect(Collectors.joining(" or "))
                        + ", and it is " + self.name() + ".");
    }
}
