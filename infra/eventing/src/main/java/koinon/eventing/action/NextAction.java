package koinon.eventing.action;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import koinon.eventing.actor.Right;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// A command that brings an aggregate forward, and who can give it. An aggregate lists its next actions as a pure
/// function of its document; they are published with each of its events.
///
/// The action is possible when all needs are met, not before `from` and not after `until`.
///
/// @param action name of the command, `<part or aggregate>.<verb>`
/// @param right `<role>@<scope>` that the command requires; `system@<service>` for a step that follows by itself
/// @param subject the part that it concerns, `<kind>/<id>`; absent for the whole aggregate
/// @param says the action as a sentence; its key is the name of the action
/// @param since when the state began that allows it
/// @param from impossible before
/// @param due late after
/// @param until impossible after
/// @param needs what must hold in addition, of this or of other aggregates
/// @param notBy ids of the persons who may not do it, because they did the step before it
/// @param notFor scopes whose holders may not do it
/// @param countsAs name of the state that the aggregate counts as while the action is possible; absent: its own
/// @param remindedAt when somebody last asked for it again; absent if nobody has
public record NextAction(
        String action,
        String right,
        @Nullable String subject,
        Sentence says,
        @Nullable Instant since,
        @Nullable Moment from,
        @Nullable Moment due,
        @Nullable Moment until,
        List<Need> needs,
        List<String> notBy,
        List<String> notFor,
        @Nullable String countsAs,
        @Nullable Instant remindedAt) {

    private static final String SYSTEM = "system";

    public NextAction {
        needs = listed(needs);
        notBy = listed(notBy);
        notFor = listed(notFor);
    }

    /// An action on the whole aggregate.
    ///
    /// @param text what is to do, in English; `%s` stands for the values in their order
    /// @param values name and value in turn, for pages in other languages
    public static NextAction of(String action, Right right, String text, Object... values) {
        return new NextAction(
                action,
                right.toString(),
                null,
                Sentence.of(action, text, values),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    /// A step that the service takes by itself once its needs are met.
    public static NextAction automatic(String action, String service, String text, Object... values) {
        return of(action, new Right(SYSTEM, service), text, values);
    }

    /// Whether the service takes the step by itself.
    public boolean isAutomatic() {
        return right.startsWith(SYSTEM + "@");
    }

    /// The same action, on a part.
    public NextAction on(String part) {
        return new NextAction(
                action, right, part, says, since, from, due, until, needs, notBy, notFor, countsAs, remindedAt);
    }

    public NextAction since(@Nullable Instant moment) {
        return new NextAction(
                action, right, subject, says, moment, from, due, until, needs, notBy, notFor, countsAs, remindedAt);
    }

    public NextAction from(@Nullable Moment moment) {
        return new NextAction(
                action, right, subject, says, since, moment, due, until, needs, notBy, notFor, countsAs, remindedAt);
    }

    public NextAction due(@Nullable Moment moment) {
        return new NextAction(
                action, right, subject, says, since, from, moment, until, needs, notBy, notFor, countsAs, remindedAt);
    }

    public NextAction until(@Nullable Moment moment) {
        return new NextAction(
                action, right, subject, says, since, from, due, moment, needs, notBy, notFor, countsAs, remindedAt);
    }

    public NextAction needs(Need need) {
        List<Need> more = new ArrayList<>(needs);
        more.add(need);
        return new NextAction(
                action, right, subject, says, since, from, due, until, more, notBy, notFor, countsAs, remindedAt);
    }

    /// @param hands those of the step before ([Actor#hands]); none if nobody is kept out
    public NextAction notBy(Collection<String> hands) {
        List<String> persons = hands.stream().sorted().toList();
        return new NextAction(
                action, right, subject, says, since, from, due, until, needs, persons, notFor, countsAs, remindedAt);
    }

    public NextAction notFor(Collection<String> scopes) {
        List<String> sorted = scopes.stream().sorted().toList();
        return new NextAction(
                action, right, subject, says, since, from, due, until, needs, notBy, sorted, countsAs, remindedAt);
    }

    /// @param state what the aggregate counts as for readers while the action is possible: what only the clock changes
    ///     is no state of its own
    public NextAction countsAs(Enum<?> state) {
        return new NextAction(
                action, right, subject, says, since, from, due, until, needs, notBy, notFor, state.name(), remindedAt);
    }

    public NextAction remindedAt(@Nullable Instant moment) {
        return new NextAction(
                action, right, subject, says, since, from, due, until, needs, notBy, notFor, countsAs, moment);
    }

    private static <T> List<T> listed(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
