package koinon.gateway.published;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.eventing.consistency.ConsistencyReport;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Compares a read model with the aggregates that the services have published.
@Component
public final class PublishedCheck {

    /// Number of further comparisons of an aggregate that is at different sequences.
    private static final int ROUNDS = 6;

    private static final int NAMED = 5;

    private final Publishers publishers;
    private final Duration pause;

    PublishedCheck(Publishers publishers, PublisherSettings settings) {
        this.publishers = publishers;
        this.pause = settings.pause();
    }

    /// Whether a read model contains everything that was published.
    ///
    /// @param published number of events, as the services count them
    /// @param missing what the read model lacks, one sentence each; empty if it is complete
    public record Completeness(long published, List<String> missing) {}

    /// Compares the sequence of every aggregate. An event that was published a moment ago arrives late, so an
    /// aggregate that is behind is compared again.
    ///
    /// @throws Publishers.Unavailable when a publisher cannot be asked; completeness is then unknown
    public Completeness completeness(ReadModel readModel) throws Publishers.Unavailable {
        Map<String, Long> behind = new HashMap<>();
        long[] published = {0};
        for (String service : publishers.names())
            publishers.all(service, it -> {
                published[0] += it.sequence();
                if (sequence(readModel, it.id()) < it.sequence()) behind.put(it.id(), it.sequence());
            });
        for (int round = 0; round < ROUNDS && !behind.isEmpty(); round++) {
            pause();
            behind.entrySet().removeIf(it -> sequence(readModel, it.getKey()) >= it.getValue());
        }
        List<String> missing = new ArrayList<>();
        if (readModel.gaps() > 0)
            missing.add(readModel.gaps()
                    + " event(s) are missing within the sequence of an aggregate or at its beginning.");
        if (!behind.isEmpty())
            missing.add("Events of " + behind.size() + " aggregate(s) are missing, such as "
                    + String.join(
                            ", ",
                            behind.entrySet().stream()
                                    .sorted(Map.Entry.comparingByKey())
                                    .limit(NAMED)
                                    .map(it -> it.getKey() + " (" + sequence(readModel, it.getKey()) + " of "
                                            + it.getValue() + ")")
                                    .toList())
                    + ".");
        return new Completeness(published[0], missing);
    }

    /// Compares the state of every aggregate at the same sequence. An aggregate that is at different sequences is
    /// compared up to six more times and then reported as not compared.
    public void compare(ReadModel readModel, ConsistencyReport report) {
        Set<String> known = new HashSet<>();
        boolean all = true;
        for (String service : publishers.names()) {
            try {
                compare(service, readModel, known, report);
            } catch (Publishers.Unavailable e) {
                all = false;
                report.notCompared(service, String.valueOf(e.getMessage()));
            }
        }
        if (!all) return;
        for (ProjectedAggregate it : readModel.aggregates())
            if (!known.contains(it.subject()))
                report.differs(it.subject(), "The read model contains this aggregate, but its service does not.");
    }

    private void compare(String service, ReadModel readModel, Set<String> known, ConsistencyReport report)
            throws Publishers.Unavailable {
        Set<String> open = new HashSet<>();
        publishers.all(service, it -> {
            known.add(it.id());
            report.checked("published aggregates", 1);
            if (!isCompared(it, readModel, report)) open.add(it.id());
        });
        for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
            pause();
            publishers.some(service, Set.copyOf(open), it -> {
                if (isCompared(it, readModel, report)) open.remove(it.id());
            });
        }
        for (String it : open)
            report.notCompared(it, "The service and the gateway were at different events in every comparison.");
    }

    private static boolean isCompared(PublishedAggregate published, ReadModel readModel, ConsistencyReport report) {
        @Nullable ProjectedAggregate folded = readModel.aggregate(published.id());
        if (folded == null || folded.sequence() != published.sequence()) return false;
        FoldedState.of(folded.state()).stream()
                .flatMap(it -> it.differences(published))
                .forEach(it -> report.differs(published.id(), "After event " + published.sequence() + ": " + it));
        return true;
    }

    private static long sequence(ReadModel readModel, String subject) {
        @Nullable ProjectedAggregate aggregate = readModel.aggregate(subject);
        return aggregate == null ? 0 : aggregate.sequence();
    }

    private void pause() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
