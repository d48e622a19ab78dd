package koinon.http.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import koinon.eventing.action.Moment;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventTypes;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// A next action of an aggregate, with whether this caller can take it now and, if not, why.
///
/// @param action name of the action, `<part or aggregate>.<verb>`
/// @param right `<role>@<scope>` that it requires
/// @param subject the part that it concerns, `<kind>/<id>`; absent for the whole aggregate
/// @param says the action as a sentence
/// @param since when the state began that allows it
/// @param from impossible before
/// @param due late after
/// @param until impossible after
/// @param remindedAt when somebody last asked for it again; absent if nobody has
/// @param whyNot why this caller cannot take it now; absent if it is possible
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionView(
        String action,
        String right,
        @Nullable String subject,
        Sentence says,
        @Nullable Instant since,
        @Nullable Instant from,
        @Nullable Instant due,
        @Nullable Instant until,
        @Nullable Instant remindedAt,
        boolean possible,
        @Nullable Sentence whyNot) {

    /// What the service knows of other aggregates.
    public interface Circumstances {

        /// Nothing: for aggregates whose actions depend on no other.
        Circumstances NONE = new Circumstances() {
            @Override
            public @Nullable Instant at(Moment moment) {
                return null;
            }

            @Override
            public boolean isMet(Need need) {
                return true;
            }
        };

        /// A moment that belongs to another aggregate; absent if it is not known.
        @Nullable
        Instant at(Moment moment);

        /// Whether a condition holds that the aggregate itself cannot judge.
        boolean isMet(Need need);
    }

    /// The next actions of an aggregate for a caller who may see it; what follows by itself is left out.
    public static List<ActionView> of(Aggregate<?> aggregate, Actor by, Circumstances circumstances) {
        return aggregate.actions().stream()
                .filter(it -> !it.isAutomatic())
                .map(it -> of(it, aggregate, by, circumstances))
                .toList();
    }

    private static ActionView of(NextAction it, Aggregate<?> aggregate, Actor by, Circumstances circumstances) {
        @Nullable Instant from = at(it.from(), circumstances);
        @Nullable Instant until = at(it.until(), circumstances);
        @Nullable Sentence whyNot = whyNot(it, by, from, until);
        if (whyNot == null)
            whyNot = it.needs().stream()
                    .filter(need -> !isMet(need, aggregate, circumstances))
                    .findFirst()
                    .map(Need::says)
                    .orElse(null);
        return new ActionView(
                it.action(),
                it.right(),
                it.subject(),
                it.says(),
                it.since(),
                from,
                at(it.due(), circumstances),
                until,
                it.remindedAt(),
                whyNot == null,
                whyNot);
    }

    private static @Nullable Sentence whyNot(NextAction it, Actor by, @Nullable Instant from, @Nullable Instant until) {
        if (!by.holdsAny(Set.of(Right.of(it.right()))))
            return Sentence.of("no-mandate", "This needs a mandate as %s.", "rights", it.right());
        if (by.holdsAnyFor(Set.copyOf(it.notFor())))
            return Sentence.of("partner-mandate", "Who holds a mandate for a city that takes part does not do this.");
        if (!by.holdsApartFrom(it.notBy(), Set.of(Right.of(it.right()))))
            return Sentence.of("separate-hands", "Another person than who did the step before does this.");
        if (from != null && by.at().isBefore(from))
            return Sentence.of("too-early", "It is possible from %s on.", "from", from.toString());
        return until != null && !by.at().isBefore(until)
                ? Sentence.of("too-late", "It was possible until %s.", "until", until.toString())
                : null;
    }

    private static boolean isMet(Need need, Aggregate<?> aggregate, Circumstances circumstances) {
        if (!EventTypes.subjectOf(aggregate).equals(need.of())) return circumstances.isMet(need);
        Aggregate.PublishedState now = aggregate.publishedState();
        String state =
                String.valueOf(need.part() == null ? now.state() : now.parts().get(need.part()));
        return need.in().contains(state);
    }

    private static @Nullable Instant at(@Nullable Moment moment, Circumstances circumstances) {
        return moment == null ? null : moment.at() == null ? circumstances.at(moment) : moment.at();
    }
}
