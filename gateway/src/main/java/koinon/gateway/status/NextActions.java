package koinon.gateway.status;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.eventing.action.Moment;
import koinon.eventing.action.Need;
import koinon.eventing.action.NextAction;
import koinon.eventing.value.Sentence;
import koinon.gateway.directory.Directory;
import koinon.gateway.directory.LocalDeadline;
import koinon.gateway.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/// The next actions of all aggregates of a project, as their events list them. The moments and the needs that belong
/// to other aggregates are looked up in the read model.
public final class NextActions {

    private final Directory directory;
    private final Deadlines.Watch watch;
    private final Map<String, LifecycleState> lifecycles;
    private final List<Listed> all = new ArrayList<>();

    /// An action of an aggregate with its moments.
    ///
    /// @param of the aggregate, `<aggregate>/<id>`
    record Listed(
            String of,
            NextAction action,
            @Nullable ZonedDateTime from,
            @Nullable ZonedDateTime due,
            @Nullable ZonedDateTime until) {

        private Status.Action shown() {
            return new Status.Action(
                    action.action(),
                    action.right(),
                    of,
                    action.subject(),
                    action.says(),
                    action.since(),
                    due == null ? null : due.toInstant(),
                    until == null ? null : until.toInstant(),
                    action.remindedAt(),
                    action.notBy(),
                    action.notFor());
        }
    }

    /// @param lifecycles the aggregates of a project, by subject
    NextActions(Map<String, LifecycleState> lifecycles, Directory directory, Deadlines.Watch watch) {
        this.directory = directory;
        this.watch = watch;
        this.lifecycles = lifecycles;
        lifecycles.forEach((subject, it) -> it.nextActions().forEach(action -> all.add(listed(subject, action))));
    }

    /// What a person can do now with an aggregate that belongs to no project.
    ///
    /// @param subject `<aggregate>/<id>`
    public static List<Status.Action> possible(
            String subject, LifecycleState lifecycle, Directory directory, Instant now) {
        return new NextActions(Map.of(subject, lifecycle), directory, new Deadlines.Watch(now)).possible();
    }

    private Listed listed(String subject, NextAction action) {
        return new Listed(subject, action, at(action.from()), at(action.due()), at(action.until()));
    }

    private @Nullable ZonedDateTime at(@Nullable Moment moment) {
        if (moment == null) return null;
        if (moment.at() != null && moment.zone() != null) return moment.at().atZone(ZoneId.of(moment.zone()));
        if (moment.of() == null || moment.moment() == null) return null;
        @Nullable LocalDeadline known = directory.moment(moment.of(), moment.moment());
        return known == null ? null : known.moment();
    }

    /// What a person can do now. Of several equal actions with a due moment, those that are late and the next one.
    List<Status.Action> possible() {
        Set<String> named = new HashSet<>();
        return all.stream()
                .filter(it -> !it.action().isAutomatic())
                .sorted(Comparator.comparing(NextActions::order))
                .filter(this::isPossible)
                .filter(it -> it.due() == null
                        || named.add(it.of()
                                + it.action().action()
                                + it.action().right()
                                + it.due().equals(it.until()))
                        || it.due().equals(it.until())
                        || watch.isPast(it.due().toInstant()))
                .map(Listed::shown)
                .toList();
    }

    /// The state that the aggregate counts as, and since when; its own where no action says otherwise.
    ///
    /// @param of the aggregate, `<aggregate>/<id>`
    Counted counted(String of, LifecycleState own) {
        return all.stream()
                .filter(it -> it.of().equals(of) && it.action().countsAs() != null && isPossible(it))
                .map(it -> new Counted(
                        String.valueOf(it.action().countsAs()),
                        it.from() == null ? own.since() : it.from().toInstant()))
                .findFirst()
                .orElse(new Counted(own.state(), own.since()));
    }

    record Counted(String state, Instant since) {}

    private static Instant order(Listed it) {
        return it.due() == null ? Instant.MAX : it.due().toInstant();
    }

    private boolean isPossible(Listed it) {
        return (it.from() == null || watch.isPast(it.from().toInstant()))
                && (it.until() == null || !watch.isPast(it.until().toInstant()))
                && unmet(it.action()).isEmpty();
    }

    /// The actions that a person has to do by a moment, whether possible now or not, the earliest first. Actions of
    /// one aggregate that share a moment count once, as the last of them. After the moment from which one is
    /// impossible, nobody has to do it any more.
    List<Listed> withDueMoment() {
        List<Listed> due = new ArrayList<>();
        for (Listed it : all) {
            if (it.action().isAutomatic() || it.due() == null) continue;
            if (it.until() != null && watch.isPast(it.until().toInstant())) continue;
            boolean isShared = it.due().equals(it.until());
            if (isShared)
                due.removeIf(other -> other.of().equals(it.of()) && it.due().equals(other.due()));
            due.add(it);
        }
        due.sort(Comparator.comparing(NextActions::order));
        return due;
    }

    /// Why an automatic step on a part has not followed yet.
    ///
    /// @param of the aggregate
    List<Sentence> unmetConditions(String of, String part) {
        return all.stream()
                .filter(it -> it.of().equals(of)
                        && it.action().isAutomatic()
                        && part.equals(it.action().subject()))
                .flatMap(it -> unmet(it.action()).stream())
                .map(Need::says)
                .toList();
    }

    /// The needs that are not met, as far as events tell.
    private List<Need> unmet(NextAction action) {
        return action.needs().stream()
                .filter(it -> it.of() != null && !it.in().contains(String.valueOf(state(it.of(), it.part()))))
                .toList();
    }

    private @Nullable String state(String of, @Nullable String part) {
        @Nullable LifecycleState own = lifecycles.get(of);
        if (own == null) return directory.stateOf(of);
        return part == null ? own.state() : own.part(part);
    }
}
