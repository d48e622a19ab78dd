package koinon.gateway.store;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import koinon.eventing.reader.TopicsReader;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.readmodel.ProjectionType;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.timeline.TimelineProjection;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;

/// A read model with the threads that read and store it, and its timelines.
record RunningReadModel(ReadModel readModel, TopicsReader reader, StoreWriter writer, TimelineProjection timeline)
        implements AutoCloseable {

    /// The projects whose status differs in the other read model after the same events.
    Set<String> correctedBy(RunningReadModel other) {
        var corrected = new HashSet<String>();
        for (ProjectFacts it : readModel.facts())
            if (it.subjects().anyMatch(subject -> differs(subject, other.readModel))) corrected.add(it.id());
        return corrected;
    }

    private boolean differs(String subject, ReadModel other) {
        @Nullable ProjectedAggregate here = readModel.aggregate(subject);
        @Nullable ProjectedAggregate there = other.aggregate(subject);
        return here != null
                && there != null
                && here.sequence() == there.sequence()
                && !Objects.equals(ProjectionType.text(here), ProjectionType.text(there));
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
        timeline.close();
    }
}
