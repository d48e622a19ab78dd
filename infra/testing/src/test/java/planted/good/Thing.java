package planted.good;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import planted.parts.Aggregate;
import planted.parts.Document;

@Document
final class Thing extends Aggregate {

    private List<Part> parts = new ArrayList<>();

    record Part(String name, Instant since) {}

    void add(String name, Instant now) {
        parts.add(new Part(name, now));
        raise(new ThingEvent.Added(name));
    }
}
