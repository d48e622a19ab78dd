package koinon.gateway.task;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.actor.Right;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.directory.KnownCall;
import koinon.gateway.gathering.GatheringProjection;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.NextActions;
import koinon.gateway.status.Status;
import koinon.gateway.status.StatusIndex;
import koinon.gateway.status.Statuses;
import koinon.http.page.Page.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds what waits for a caller, and what others have to do in the caller's projects.
@Component
public final class Tasks {

    private final Statuses statuses;
    private final CurrentReadModel current;
    private final Contracts contracts;
    private final Clock clock;

    Tasks(Statuses statuses, CurrentReadModel current, Contracts contracts, Clock clock) {
        this.statuses = statuses;
        this.current = current;
        this.contracts = contracts;
        this.clock = clock;
    }

    /// @param entry of its project; absent for an action outside of projects
    private record Found(
            Task.Place place,
            Status.Action action,
            @Nullable IndexEntry entry) {

        static Found of(Status.Action action, @Nullable IndexEntry entry) {
            return new Found(Task.Place.of(action), action, entry);
        }
    }

    /// A page of tasks, the most urgent first.
    ///
    /// @param mine those that the caller can do; else those that others have to do in the caller's projects
    Task.Page page(Actor actor, boolean mine, Wanted wanted) {
        Task.@Nullable Place after = place(wanted.after());
        Caller caller = Caller.of(actor.mandates());
        Set<String> rights =
                actor.mandates().stream().map(it -> it.right().toString()).collect(Collectors.toSet());
        List<Found> all = (mine ? Stream.concat(awaiting(rights, caller), outsideOfProjects()) : inProjectsOf(caller))
                .filter(it -> mine == isMine(it.action(), actor, rights))
                .sorted(Comparator.comparing(Found::place))
                .toList();
        List<Found> rest = after == null
                ? all
                : all.stream().filter(it -> it.place().compareTo(after) > 0).toList();
        List<Found> shown = rest.subList(0, Math.min(rest.size(), wanted.limit()));
        Instant now = clock.instant();
        return new Task.Page(
                shown.stream().map(it -> task(it, caller)).toList(),
                shown.size() < rest.size() ? wanted.next(shown.getLast().place().toString()) : null,
                all.size(),
                (int) all.stream().filter(it -> isPast(it.action().due(), now)).count());
    }

    private static boolean isPast(@Nullable Instant due, Instant now) {
        return due != null && !now.isBefore(due);
    }

    private static Task.@Nullable Place place(@Nullable String after) {
        if (after == null) return null;
        Task.@Nullable Place place = Task.Place.parse(after);
        if (place == null) throw new ValidationFailed("after", "validation.next", "This is not the 'next' of a page.");
        return place;
    }

    /// The actions of the projects in which somebody with these rights can act now, as far as the caller may see them.
    private Stream<Found> awaiting(Set<String> rights, Caller caller) {
        StatusIndex index = statuses.index();
        return ofProjects(rights.stream().flatMap(index::awaiting).distinct(), caller);
    }

    /// The actions of the projects in which the caller takes part, as far as the caller may see them.
    private Stream<Found> inProjectsOf(Caller caller) {
        StatusIndex index = statuses.index();
        return ofProjects(
                caller.network()
                        ? index.all().stream()
                        : caller.scopes().stream().flatMap(index::naming).distinct(),
                caller);
    }

    private static Stream<Found> ofProjects(Stream<IndexEntry> entries, Caller caller) {
        return entries.flatMap(
                it -> it.nextActions(caller.to(it.involved())).stream().map(action -> Found.of(action, it)));
    }

    /// The actions of calls and gatherings.
    private Stream<Found> outsideOfProjects() {
        ReadModel readModel = current.readModel();
        Instant now = clock.instant();
        return readModel.withNextActions().entrySet().stream()
                .flatMap(it -> NextActions.possible(it.getKey(), it.getValue(), readModel.directory(), now).stream())
                .map(it -> Found.of(it, null));
    }

    /// Whether the caller can do it: under a mandate with this right, and not kept out by who did the step before.
    private static boolean isMine(Status.Action it, Actor actor, Set<String> rights) {
        return rights.contains(it.right())
                && actor.holdsApartFrom(it.notBy(), Set.of(Right.of(it.right())))
                && actor.mandates().stream().map(Mandate::scope).noneMatch(it.notFor()::contains);
    }

    private Task task(Found it, Caller caller) {
        @Nullable IndexEntry entry = it.entry();
        if (entry == null)
            return new Task(
                    it.action(), about(it.action().of()), name(it.action().right()), List.of());
        Reader reader = caller.to(entry.involved());
        List<Money> amounts = statuses.find(entry.item().id())
                .map(status -> new TaskAmounts(status.status(), entry, reader, contracts).of(it.action()))
                .orElse(List.of());
        IndexEntry.ListItem item = entry.item();
        return new Task(
                it.action(),
                new Task.About("project", item.id(), item.title(), item.phase(), item.call()),
                name(it.action().right()),
                amounts);
    }

    /// The name of the city or the funder in a right.
    private @Nullable String name(String right) {
        return current.readModel().directory().nameOf(Right.of(right).scope());
    }

    private Task.About about(String subject) {
        @Nullable Object state = current.readModel().directory().state(subject);
        int end = subject.indexOf('/');
        @Nullable
        String title = state instanceof KnownCall call
                ? call.title()
                : state instanceof GatheringProjection gathering ? gathering.title() : null;
        return new Task.About(subject.substring(0, end), subject.substring(end + 1), title, null, null);
    }
}
