package koinon.gateway.timeline;

import java.util.Optional;
import koinon.gateway.reading.Message;
import koinon.platform.document.EventJson;
import org.jspecify.annotations.Nullable;

/// An event of a project, and where it was read.
record Happened(String project, Entry entry, int place, long offset) {

    private static final long FRAME = 500;

    private record OfProject(@Nullable String project) {}

    /// Empty for what happened to no project.
    static Optional<Happened> of(Message message) {
        return projectOf(message).map(it -> new Happened(it, Entry.of(message), message.place(), message.offset()));
    }

    private static Optional<String> projectOf(Message message) {
        return switch (message.aggregate()) {
            case "proposal", "project" -> Optional.of(message.id());
            case "agreement", "fund" ->
                Optional.ofNullable(EventJson.mapper()
                        .readValue(message.text(), OfProject.class)
                        .project());
            default -> Optional.empty();
        };
    }

    /// About how many bytes it takes in memory.
    long weight() {
        return FRAME + entry.facts().length();
    }
}
