package koinon.gateway.readmodel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import koinon.gateway.directory.KnownCall;
import koinon.gateway.gathering.GatheringProjection;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;

/// The aggregates outside of projects that have next actions. Those of a project are in its index entry.
final class ActionIndex {

    private static final String NONE = "[]";

    private final Map<String, LifecycleState> lifecycles = new ConcurrentHashMap<>();

    /// Applies the current state of an aggregate.
    void changed(ProjectedAggregate aggregate) {
        @Nullable
        LifecycleState lifecycle = aggregate.state() instanceof KnownCall call
                ? call.lifecycle()
                : aggregate.state() instanceof GatheringProjection gathering ? gathering.networkLifecycle() : null;
        if (lifecycle == null) return;
        if (lifecycle.next().equals(NONE)) lifecycles.remove(aggregate.subject());
        else lifecycles.put(aggregate.subject(), lifecycle);
    }

    Map<String, LifecycleState> all() {
        return Map.copyOf(lifecycles);
    }
}
