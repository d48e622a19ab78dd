package koinon.gateway.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import koinon.gateway.reading.Fold;
import koinon.gateway.reading.Message;
import koinon.platform.document.EventJson;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Every event of every project: of its proposal, of itself, of its agreements, and what funds answered it.
@Order(3)
@Component
final class Timelines implements Fold {

    private final Map<String, List<Entry>> entries = new ConcurrentHashMap<>();

    /// Something that happened.
    ///
    /// @param position the event's id
    /// @param actor an opaque name; absent where the reader may not know it
    /// @param mandate under which it was done; absent for what followed by itself
    /// @param cause the event that it followed from, if any
    /// @param facts what the event says
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String position,
            Instant at,
            String type,
            @Nullable String actor,
            @Nullable String mandate,
            @Nullable String cause,
            @Schema(type = "object") @JsonRawValue String facts) {

        static final Comparator<Entry> ORDER = Comparator.comparing(Entry::at).thenComparing(Entry::place);

        Entry withoutActor() {
            return new Entry(position, at, type, null, mandate, cause, facts);
        }

        // Ten before nine only as text.
        private String place() {
            int last = position.lastIndexOf('/');
            return position.substring(0, last) + "/" + "%018d".formatted(Long.parseLong(position.substring(last + 1)));
        }

        /// Where it stands among the others.
        String key() {
            return at + " " + position;
        }
    }

    private record OfProject(@Nullable String project) {}

    @Override
    public void on(Message message) {
        projectOf(message).ifPresent(project -> {
            var entry = new Entry(
                    message.position().toString(),
                    message.at(),
                    message.type(),
                    message.actor(),
                    message.mandate(),
                    message.cause(),
                    message.text());
            entries.compute(project, (_, before) -> with(before, entry));
        });
    }

    private static List<Entry> with(@Nullable List<Entry> before, Entry entry) {
        var next = before == null ? new ArrayList<Entry>() : new ArrayList<>(before);
        next.add(entry);
        return next;
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

    /// All that happened to a project, oldest first.
    List<Entry> of(String project) {
        return entries.getOrDefault(project, List.of()).stream()
                .sorted(Entry.ORDER)
                .toList();
    }
}
