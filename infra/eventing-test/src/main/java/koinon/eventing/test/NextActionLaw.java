package koinon.eventing.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import koinon.eventing.action.Moment;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventTypes;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// The law of next actions: in every situation each listed action is possible for a person with its right, inside its
/// moments and with its needs met; it is refused otherwise; and no command is possible that is not listed.
///
/// @param <A> the aggregate
public final class NextActionLaw<A extends Aggregate<?>> {

    /// Gives the command of an action.
    @FunctionalInterface
    public interface Command<A> {

        /// @param part id of the part that it concerns; empty for the whole aggregate
        void give(A to, String part, Actor by);
    }

    private final Map<String, Command<A>> commands;
    private final Map<String, Command<A>> whileUnmet;
    private final Function<Moment, Instant> moments;
    private final Instant now;
    private final Set<Right> rights = new HashSet<>();
    private final Set<String> repeatable = new HashSet<>();
    private final Map<String, String> sentences = new HashMap<>();

    /// @param commands by the name of the action, in circumstances in which all needs are met
    /// @param whileUnmet the same commands while a need is not met that other aggregates decide, by
    ///     `<action> <key of the need>`
    /// @param moments looks up the moments of other aggregates
    /// @param now the time of the situations
    public NextActionLaw(
            Map<String, Command<A>> commands,
            Map<String, Command<A>> whileUnmet,
            Function<Moment, Instant> moments,
            Instant now) {
        this.commands = Map.copyOf(commands);
        this.whileUnmet = Map.copyOf(whileUnmet);
        this.moments = moments;
        this.now = now;
    }

    /// Actions whose command can be given again when it no longer leads on: what is written can be changed.
    public NextActionLaw<A> repeatable(String... actions) {
        repeatable.addAll(List.of(actions));
        return this;
    }

    /// Checks one situation; each command gets an aggregate of its own.
    public void holdsFor(Supplier<A> situation) {
        A aggregate = situation.get();
        List<NextAction> byPersons =
                aggregate.actions().stream().filter(it -> !it.isAutomatic()).toList();
        for (NextAction it : byPersons) check(it, situation);
        aggregate.actions().forEach(this::hasOneSentence);
        nothingElseIsPossible(aggregate, byPersons, situation);
        changesCanBePublished(situation);
    }

    /// Pages in other languages write a sentence from its key and its values.
    private void hasOneSentence(NextAction it) {
        Sentence says = it.says();
        String text = says.text();
        for (String value : says.values().values()) text = text.replace(value, "%s");
        assertThat(sentences.putIfAbsent(says.key(), text))
                .as("what the key %s stands for", says.key())
                .isIn(null, text);
    }

    /// After a change of the code that lists the actions, an event publishes what is listed now.
    private void changesCanBePublished(Supplier<A> situation) {
        A aggregate = situation.get();
        if (aggregate.sequence() == 0) return;
        long version = aggregate.version();
        List<NextAction> listed = aggregate.actions();
        aggregate.raiseNextActionsChanged(Actor.system("test", now));
        assertThat(aggregate.version())
                .as("the version after changed next actions")
                .isEqualTo(version);
        assertThat(aggregate.actions())
                .as("the actions after they were published anew")
                .isEqualTo(listed);
    }

    private void check(NextAction it, Supplier<A> situation) {
        Command<A> command = commands.get(it.action());
        if (command == null) throw new AssertionError("There is no command for " + it.action());
        Right right = Right.of(it.right());
        String part =
                it.subject() == null ? "" : it.subject().substring(it.subject().indexOf('/') + 1);
        Instant inside = inside(it);
        if (isUnmet(it, situation.get())) {
            refused(it, "while " + it.needs(), () -> command.give(situation.get(), part, person(inside, right)));
            return;
        }
        assertThatCode(() -> command.give(situation.get(), part, person(inside, right)))
                .as("%s by %s", it, right)
                .doesNotThrowAnyException();
        denied(it, "without the right", () -> command.give(situation.get(), part, person(inside)));
        for (String other : it.notBy())
            denied(it, "by " + other, () -> command.give(situation.get(), part, named(other, inside, right)));
        for (String scope : it.notFor())
            denied(
                    it,
                    "with a mandate for " + scope,
                    () -> command.give(situation.get(), part, person(inside, right, new Right("any", scope))));
        if (it.from() != null) {
            Instant before = at(it.from()).minusMillis(1);
            refused(it, "before", () -> command.give(situation.get(), part, person(before, right)));
        }
        if (it.until() != null) {
            Instant after = at(it.until());
            refused(it, "after", () -> command.give(situation.get(), part, person(after, right)));
        }
        for (Need need : it.needs()) {
            @Nullable
            Command<A> unmet = whileUnmet.get(it.action() + " " + need.says().key());
            if (unmet != null)
                refused(it, need.says().key(), () -> unmet.give(situation.get(), part, person(inside, right)));
            else if (!isOf(need, situation.get()))
                throw new AssertionError("No command shows " + it.action() + " while " + need + " is not met");
        }
    }

    /// Every command whose action is not listed is refused, whatever mandates the caller holds.
    private void nothingElseIsPossible(A aggregate, List<NextAction> listed, Supplier<A> situation) {
        Right[] every = listedRights(listed);
        commands.forEach((action, command) -> {
            for (String part : parts(aggregate, action)) {
                boolean isListed = listed.stream()
                        .anyMatch(it -> it.action().equals(action) && (part.isEmpty() || part.equals(it.subject())));
                if (isListed || repeatable.contains(action)) continue;
                String id = part.substring(part.indexOf('/') + 1);
                assertThatThrownBy(() -> command.give(situation.get(), id, person(now, every)))
                        .as("%s of %s is not listed", action, part)
                        .isInstanceOf(RuleViolation.class);
            }
        });
    }

    private Right[] listedRights(List<NextAction> listed) {
        Set<Right> all = new HashSet<>(rights);
        listed.forEach(it -> all.add(Right.of(it.right())));
        return all.toArray(Right[]::new);
    }

    /// The rights of the caller who tries what is not listed.
    public NextActionLaw<A> withRights(Right... more) {
        rights.addAll(List.of(more));
        return this;
    }

    private static Set<String> parts(Aggregate<?> aggregate, String action) {
        String prefix = action.substring(0, action.indexOf('.')) + "/";
        Set<String> parts = new TreeSet<>();
        aggregate.publishedState().parts().keySet().stream()
                .filter(it -> it.startsWith(prefix))
                .forEach(parts::add);
        return parts.isEmpty() ? Set.of("") : parts;
    }

    private Instant inside(NextAction it) {
        Instant moment = it.from() == null || at(it.from()).isBefore(now) ? now : at(it.from());
        return it.until() == null || moment.isBefore(at(it.until()))
                ? moment
                : at(it.until()).minusMillis(1);
    }

    private Instant at(Moment moment) {
        return moment.at() == null ? moments.apply(moment) : moment.at();
    }

    private static boolean isOf(Need need, Aggregate<?> aggregate) {
        return EventTypes.subjectOf(aggregate).equals(need.of());
    }

    /// Whether a need is not met that the aggregate itself decides.
    private static boolean isUnmet(NextAction it, Aggregate<?> aggregate) {
        return it.needs().stream()
                .filter(need -> isOf(need, aggregate))
                .anyMatch(need -> !need.in().contains(aggregate.publishedState().state()));
    }

    private static void denied(NextAction it, String how, Runnable command) {
        assertThatThrownBy(command::run).as("%s %s", it, how).isInstanceOf(AccessDenied.class);
    }

    private static void refused(NextAction it, String how, Runnable command) {
        assertThatThrownBy(command::run).as("%s %s", it, how).isInstanceOf(RuleViolation.class);
    }

    private static Actor person(Instant at, Right... rights) {
        return named("somebody-new", at, rights);
    }

    private static Actor named(String id, Instant at, Right... rights) {
        List<Mandate> mandates = new ArrayList<>();
        for (Right it : rights) mandates.add(new Mandate("m-" + it, it.role(), it.scope(), null, null, null));
        return new Actor(id, mandates, null, null, at);
    }
}
