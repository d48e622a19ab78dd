package koinon.gateway.store;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import koinon.gateway.part.Parts;
import koinon.gateway.picture.Kind;
import koinon.gateway.picture.Picture;
import koinon.gateway.reading.Source;
import koinon.gateway.reading.TopicsReader;
import koinon.gateway.timeline.Chronicle;
import org.jspecify.annotations.Nullable;

/// A picture with the thread that feeds it and the one that stores it, and the chronicle that goes with it.
record Projection(Picture picture, TopicsReader reader, Storing storing, Chronicle chronicle) implements AutoCloseable {

    /// The projects that the other shows in another way though it has heard the same of them.
    Set<String> correctedBy(Projection other) {
        var corrected = new HashSet<String>();
        for (Parts it : picture.parts())
            if (it.subjects().anyMatch(subject -> differs(subject, other.picture))) corrected.add(it.id());
        return corrected;
    }

    private boolean differs(String subject, Picture other) {
        @Nullable Source here = picture.source(subject);
        @Nullable Source there = other.source(subject);
        return here != null
                && there != null
                && here.sequence() == there.sequence()
                && !Objects.equals(Kind.text(here), Kind.text(there));
    }

    @Override
    public void close() {
        reader.close();
        storing.close();
        chronicle.close();
    }
}
