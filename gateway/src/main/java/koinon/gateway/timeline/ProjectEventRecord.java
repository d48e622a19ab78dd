package koinon.gateway.timeline;

import java.util.Optional;
import koinon.eventing.document.EventJson;
import koinon.eventing.redaction.Redactions;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// An event of a project, what it redacts, and its partition and offset.
record ProjectEventRecord(String project, TimelineEntry entry, Redactions redactions, int place, long offset) {

    private static final long FRAME = 500;

    private record OfProject(@Nullable String project) {}

    /// Empty for events that belong to no project.
    static Optional<ProjectEventRecord> of(EventRecord message) {
        return projectOf(message)
                .map(it -> new ProjectEventRecord(
                        it, TimelineEntry.of(message), message.redactions(), message.place(), message.offset()));
    }

    private static Optional<String> projectOf(EventRecord message) {
        return switch (message.aggregate()) {
            case "proposal", "project" -> Optional.of(message.id());
            case "agreement", "fund" ->
                Optional.ofNullable(EventJson.mapper()
                        .readValue(message.text(), OfProject.class)
                        .project());
            default -> Optional.empty();
        };
    }

    /// Approximate size in memory, in bytes.
    long weight() {
        return FRAME + entry.facts().length() + entry.change().next().length();
    }
}
