package koinon.gateway.readmodel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import koinon.gateway.gathering.IdeaProjection;
import koinon.gateway.topics.ProjectedAggregate;

/// The ideas of every gathering, by id.
final class IdeaIndex {

    private final Map<String, Set<String>> ideas = new ConcurrentHashMap<>();

    /// Applies the current state of an aggregate.
    void changed(ProjectedAggregate aggregate) {
        if (aggregate.state() instanceof IdeaProjection it && it.gathering() != null)
            ideas.computeIfAbsent(it.gathering(), _ -> new ConcurrentSkipListSet<>())
                    .add(aggregate.id());
    }

    List<String> of(String gathering) {
        return List.copyOf(ideas.getOrDefault(gathering, Set.of()));
    }
}
