package koinon.gateway.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import koinon.gateway.part.Parts;
import koinon.gateway.picture.Kind;
import koinon.gateway.picture.Picture;
import koinon.gateway.published.PublishedCheck;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Partition;
import koinon.gateway.reading.Source;
import koinon.gateway.reading.Topics;
import koinon.gateway.status.Statuses;
import koinon.gateway.timeline.Timelines;
import koinon.platform.verification.Findings;
import koinon.platform.verification.Verifier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Folds the topics anew, beside what serves and while it serves, and names whatever is answered or stored
/// differently.
///
/// An aggregate's events are all in one partition, so one partition at a time is folded and compared, each aggregate
/// at the same sequence. What moves on meanwhile is looked at again.
@Component
final class Verification implements Verifier {

    private static final int ROUNDS = 6;
    private static final int SOME = 500;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Projections projections;
    private final Store store;
    private final Statuses statuses;
    private final Timelines timelines;
    private final Topics topics;
    private final PublishedCheck published;

    Verification(
            Projections projections,
            Store store,
            Statuses statuses,
            Timelines timelines,
            Topics topics,
            PublishedCheck published) {
        this.projections = projections;
        this.store = store;
        this.statuses = statuses;
        this.timelines = timelines;
        this.topics = topics;
        this.published = published;
    }

    /// @throws com.mongodb.MongoException when the database is away
    @Override
    public Findings.Report verify() {
        return new Run(projections.serving()).all();
    }

    /// One verification.
    private final class Run {

        private final Picture picture;
        private final Generation generation;
        private final Findings findings = new Findings();
        private final Set<String> subjects = new HashSet<>();

        private Run(Projection serving) {
            this.picture = serving.picture();
            @Nullable Generation stored = serving.storing().generation();
            this.generation = stored == null ? store.serving() : stored;
        }

        private Findings.Report all() {
            topics.each(this::compare);
            findings.checked("aggregates", subjects.size());
            for (Source it : picture.sources())
                if (isStranger(it)) findings.differs(it.subject(), "It is answered, and the topics do not have it.");
            store.load(generation, it -> {
                findings.checked("stored aggregates", 1);
                if (isStranger(it)) findings.differs(it.subject(), "It is stored, and the topics do not have it.");
            });
            picture.parts().forEach(this::compareStatus);
            published.compare(picture, findings);
            return findings.report();
        }

        /// Whether it was neither in the topics nor has been heard since.
        private boolean isStranger(Source it) {
            return !subjects.contains(it.subject()) && it.sequence() == sequenceOf(picture.source(it.subject()));
        }

        private void compareStatus(Parts parts) {
            findings.checked("statuses", 1);
            // A moment may have passed, or an event may have come, between the two.
            if (IntStream.range(0, 2).noneMatch(_ -> statuses.isSound(parts.id())))
                findings.differs("project/" + parts.id(), "What is answered is not what follows from its parts.");
        }

        private void compare(Partition partition) {
            Map<String, Source> folded = new HashMap<>();
            Set<String> open = Set.of();
            for (int round = 1; round <= ROUNDS && (round == 1 || !open.isEmpty()); round++) {
                if (round > 1) pause();
                // Before the topic and the documents: both have at least what these contain.
                Offsets claimed = store.offsets(generation);
                read(partition, folded);
                Set<String> looked = round == 1 ? folded.keySet() : open;
                Map<String, Source> stored = store.find(generation, looked);
                boolean last = round == ROUNDS;
                open = looked.stream()
                        .filter(it -> !isSettled(folded.get(it), stored.get(it), claimed, last))
                        .collect(Collectors.toSet());
            }
            subjects.addAll(folded.keySet());
        }

        private void read(Partition partition, Map<String, Source> folded) {
            Offsets told = store.historyOffsets(generation);
            List<Message> some = new ArrayList<>();
            partition.readOn(it -> {
                String subject = it.position().subject();
                Source before = folded.getOrDefault(subject, Source.unheard(subject));
                if (it.position().sequence() <= before.sequence()) return;
                findings.checked("events", 1);
                folded.put(subject, Picture.after(before, it, _ -> {}));
                if (told.contain(it.place(), it.offset())) some.add(it);
                if (some.size() >= SOME) compareTold(some);
            });
            compareTold(some);
        }

        private void compareTold(List<Message> some) {
            timelines
                    .missing(generation.history(), some)
                    .forEach(it -> findings.differs(it, "It is not stored in the timelines as it happened."));
            some.clear();
        }

        /// Compares what the topics say with what is answered and with what is stored.
        ///
        /// @return false if one of them has moved on, so that it has to be looked at again
        private boolean isSettled(@Nullable Source folded, @Nullable Source stored, Offsets claimed, boolean last) {
            if (folded == null) return true;
            @Nullable Source answered = picture.source(folded.subject());
            boolean same = sequenceOf(answered) == folded.sequence();
            if (same && !last && sequenceOf(stored) > folded.sequence()) return false;
            if (!same && !last) return false;
            if (same) differs("answered", folded, answered);
            else if (sequenceOf(answered) < folded.sequence())
                findings.differs(
                        folded.subject(),
                        "Its event " + sequenceOf(answered) + " is the last that is answered, and the topics have "
                                + folded.sequence() + ".");
            else findings.notCompared(folded.subject(), "It moved on whenever it was looked at.");
            compareStored(folded, stored, claimed);
            return true;
        }

        private void compareStored(Source folded, @Nullable Source stored, Offsets claimed) {
            if (sequenceOf(stored) == folded.sequence()) differs("stored", folded, stored);
            else if (sequenceOf(stored) > folded.sequence())
                findings.differs(
                        folded.subject(),
                        "Its event " + sequenceOf(stored) + " is stored, and the topics have " + folded.sequence()
                                + " as its last.");
            else if (claimed.contain(folded.place(), folded.offset()))
                findings.differs(
                        folded.subject(),
                        "It is stored as after its event " + sequenceOf(stored) + ", though " + folded.sequence()
                                + " is said to be in what is stored.");
        }

        private void differs(String where, Source folded, @Nullable Source other) {
            @Nullable String expected = Kind.text(folded);
            @Nullable String found = other == null ? null : Kind.text(other);
            if (!Objects.equals(expected, found))
                findings.differs(
                        folded.subject(),
                        "After its event " + folded.sequence() + " there is " + where + " "
                                + beginning(found, expected) + ", and the topics say "
                                + beginning(expected, found) + ".");
        }
    }

    private static long sequenceOf(@Nullable Source source) {
        return source == null ? 0 : source.sequence();
    }

    /// The part of a text where it begins to be another one.
    private static String beginning(@Nullable String text, @Nullable String other) {
        if (text == null) return "nothing";
        String against = other == null ? "" : other;
        int at = 0;
        while (at < Math.min(text.length(), against.length()) && text.charAt(at) == against.charAt(at)) at++;
        int from = Math.max(0, at - 40);
        return "`" + (from > 0 ? "…" : "") + text.substring(from, Math.min(text.length(), at + 60)) + "`";
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped.", e);
        }
    }
}
