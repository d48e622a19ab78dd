package koinon.gateway.outcome;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import koinon.gateway.audience.Caller;
import koinon.gateway.gathering.GatheringProjection;
import koinon.gateway.gathering.IdeaProjection;
import koinon.gateway.list.VisibleProjects;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.status.IndexEntry.ListItem;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Follows the trace of a gathering in memory: from its ideas to proposals, projects and money.
@Component
final class Outcomes {

    private final CurrentReadModel current;
    private final VisibleProjects projects;
    private final Clock clock;

    Outcomes(CurrentReadModel current, VisibleProjects projects, Clock clock) {
        this.current = current;
        this.projects = projects;
        this.clock = clock;
    }

    /// What came of a gathering, as far as the caller may see it; empty if there is no such gathering.
    Optional<Outcome> of(String id, Caller caller) {
        ReadModel readModel = current.readModel();
        if (!(state(readModel, "gathering/" + id) instanceof GatheringProjection gathering)) return Optional.empty();
        List<String> ideas = readModel.ideasOf(id);
        VisibleProjects.Selection all = projects.from(
                Stream.concat(Stream.of("gathering/" + id), ideas.stream().map(it -> "idea/" + it))
                        .toList(),
                caller);
        String state = gathering.networkLifecycle().state();
        return Optional.of(new Outcome(
                id,
                gathering.kind(),
                gathering.title(),
                state,
                gathering.isToBeConfirmed(clock.instant()),
                readModel.directory().city(gathering.city()),
                gathering.first(),
                gathering.last(),
                ideas.stream()
                        .flatMap(it -> Stream.ofNullable(idea(readModel, gathering, it, caller)))
                        .toList(),
                all.items(),
                all.money()));
    }

    /// An idea; absent if the caller may not see it.
    private Outcome.@Nullable Idea idea(ReadModel readModel, GatheringProjection gathering, String id, Caller caller) {
        if (!(state(readModel, "idea/" + id) instanceof IdeaProjection idea)) return null;
        VisibleProjects.Selection takenUp = projects.from(List.of("idea/" + id), caller);
        if (!caller.isMember() && takenUp.items().isEmpty()) return null;
        return new Outcome.Idea(
                id,
                idea.title(),
                idea.networkLifecycle().state(),
                readModel.directory().city(idea.city()),
                idea.session() == null ? null : gathering.session(idea.session()),
                takenUp.items().stream().map(ListItem::id).toList());
    }

    private static @Nullable Object state(ReadModel readModel, String subject) {
        @Nullable ProjectedAggregate aggregate = readModel.aggregate(subject);
        return aggregate == null ? null : aggregate.state();
    }
}
