package koinon.gateway.published;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.gateway.picture.Picture;
import koinon.gateway.reading.Source;
import koinon.platform.verification.Findings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Compares what was folded with what the services have published.
@Component
public final class PublishedCheck {

    /// How often what has moved on is asked again.
    private static final int ROUNDS = 6;

    private static final int NAMED = 5;

    private final Publishers publishers;
    private final Duration pause;

    PublishedCheck(Publishers publishers, PublisherSettings settings) {
        this.publishers = publishers;
        this.pause = settings.pause();
    }

    /// Whether a picture has everything that was published.
    ///
    /// @param published how many events there are, as services count them
    /// @param missing what it lacks, a sentence each; empty when nothing is
    public record Completeness(long published, List<String> missing) {}

    /// Compares the number of the last event of every aggregate. What was just published arrives a moment later, so
    /// what is behind is looked at again.
    ///
    /// @throws Publishers.Away when a publisher cannot be asked: then nothing can be said
    public Completeness completeness(Picture picture) throws Publishers.Away {
        Map<String, Long> behind = new HashMap<>();
        long[] published = {0};
        for (String service : publishers.names())
            publishers.all(service, it -> {
                published[0] += it.sequence();
                if (sequence(picture, it.id()) < it.sequence()) behind.put(it.id(), it.sequence());
            });
        for (int round = 0; round < ROUNDS && !behind.isEmpty(); round++) {
            pause();
            behind.entrySet().removeIf(it -> sequence(picture, it.getKey()) >= it.getValue());
        }
        List<String> missing = new ArrayList<>();
        if (picture.gaps() > 0)
            missing.add(picture.gaps() + " events are missing between others, or before the first of an aggregate.");
        if (!behind.isEmpty())
            missing.add("Events of " + behind.size() + " aggregate(s) are missing, such as "
                    + String.join(
                            ", ",
                            behind.entrySet().stream()
                                    .sorted(Map.Entry.comparingByKey())
                                    .limit(NAMED)
                                    .map(it -> it.getKey() + " (" + sequence(picture, it.getKey()) + " of "
                                            + it.getValue() + ")")
                                    .toList())
                    + ".");
        return new Completeness(published[0], missing);
    }

    /// Compares every aggregate at the same sequence. What has moved on is asked again six times, and then reported as
    /// not compared.
    public void compare(Picture picture, Findings findings) {
        Set<String> known = new HashSet<>();
        boolean all = true;
        for (String service : publishers.names()) {
            try {
                compare(service, picture, known, findings);
            } catch (Publishers.Away e) {
                all = false;
                findings.notCompared(service, String.valueOf(e.getMessage()));
            }
        }
        if (!all) return;
        for (Source it : picture.sources())
            if (!known.contains(it.subject()))
                findings.differs(it.subject(), "It is answered, and its service does not have it.");
    }

    private void compare(String service, Picture picture, Set<String> known, Findings findings) throws Publishers.Away {
        Set<String> open = new HashSet<>();
        publishers.all(service, it -> {
            known.add(it.id());
            findings.checked("published aggregates", 1);
            if (!isCompared(it, picture, findings)) open.add(it.id());
        });
        for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
            pause();
            publishers.some(service, Set.copyOf(open), it -> {
                if (isCompared(it, picture, findings)) open.remove(it.id());
            });
        }
        for (String it : open) findings.notCompared(it, "Its service and the gateway were never at the same event.");
    }

    private static boolean isCompared(PublishedAggregate published, Picture picture, Findings findings) {
        @Nullable Source folded = picture.source(published.id());
        if (folded == null || folded.sequence() != published.sequence()) return false;
        FoldedState.of(folded.kept()).stream()
                .flatMap(it -> it.differences(published))
                .forEach(it -> findings.differs(published.id(), "After its event " + published.sequence() + ": " + it));
        return true;
    }

    private static long sequence(Picture picture, String subject) {
        @Nullable Source source = picture.source(subject);
        return source == null ? 0 : source.sequence();
    }

    private void pause() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
