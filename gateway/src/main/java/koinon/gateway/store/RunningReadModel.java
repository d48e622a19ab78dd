package koinon.gateway.store;

import koinon.eventing.reader.TopicsReader;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.timeline.TimelineProjection;

/// A read model with the threads that read and store it, and its timelines.
record RunningReadModel(ReadModel readModel, TopicsReader reader, StoreWriter writer, TimelineProjection timeline)
        implements AutoCloseable {

    @Override
    public void close() {
        reader.close();
        writer.close();
        timeline.close();
    }
}
