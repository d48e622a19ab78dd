package koinon.eventing.action;

import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// A condition of an action. One with `of` holds while that aggregate, or that part of it, is in one of these
/// states, so every reader of its events can tell. One without `of` is judged by the service alone.
///
/// @param says why the action is not possible while the condition is not met; its key names the condition
/// @param of the aggregate, `<aggregate>/<id>`; absent for a condition that only the service can judge
/// @param part its part, `<kind>/<id>`; absent for the whole
/// @param in names of the states
public record Need(
        Sentence says, @Nullable String of, @Nullable String part, List<String> in) {

    public Need {
        in = in == null ? List.of() : List.copyOf(in);
    }

    /// An aggregate is in one of these states.
    public static Need state(Sentence says, String of, Enum<?>... in) {
        return new Need(says, of, null, Stream.of(in).<String>map(Enum::name).toList());
    }

    /// A part of another service's aggregate is in this state.
    ///
    /// @param state its name in the published events
    public static Need part(Sentence says, String of, String part, String state) {
        return new Need(says, of, part, List.of(state));
    }

    /// A condition that the service judges.
    public static Need judged(Sentence says) {
        return new Need(says, null, null, List.of());
    }
}
