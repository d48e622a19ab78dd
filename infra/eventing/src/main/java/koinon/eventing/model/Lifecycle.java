package koinon.eventing.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.rule.StateRefusal;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// The states of an aggregate. The transitions are one exhaustive switch over the events:
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

    /// What else holds in this state, by name, for readers of the events.
    default Set<String> flags() {
        return Set.of();
    }

    /// What leads on from this state, for who tried something that it does not allow; goes on after a colon.
    String way();

    /// Why being in this state is a risk; absent where it is none.
    default @Nullable Sentence risk() {
        return null;
    }

    /// The next state; used after [#from].
    default S to(S next) {
        return next;
    }

    /// This state, if it is one of those named.
    ///
    /// @throws StateRefusal when it is none of them
    @SuppressWarnings("unchecked")
    default S from(S first, S... others) {
        S self = (S) this;
        if (self == first || List.of(others).contains(self)) return self;
        throw new StateRefusal(
                Stream.concat(Stream.of(first), Stream.of(others))
                        .map(Enum::name)
                        .collect(Collectors.joining(" or ")),
                self.name(),
                way());
    }
}
