package koinon.platform.verification;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import koinon.platform.document.EventJson;
import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import koinon.platform.model.EventTypes;
import koinon.platform.model.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// What this service has published, from its stored documents: a reader of its topic compares what it folded with
/// this, and counts by it whether it has everything.
@Tag(name = "operations")
@RestController
@RequestMapping("/operations/published")
class PublishedController {

    private static final int MOST_SUBJECTS = 200;

    private final Stored stored;
    private final String auditor;

    /// @param auditor the mandate that reads everything, `<role>@<scope>`
    PublishedController(Stored stored, String auditor) {
        this.stored = stored;
        this.auditor = auditor;
    }

    /// One aggregate, as its events have left it.
    ///
    /// @param id `<aggregate>/<id>`
    /// @param sequence the number of its last event
    /// @param state absent where it has none
    /// @param parts the state of each of its parts
    record Line(
            String id,
            long sequence,
            @Nullable String state,
            Map<String, String> parts,
            @JsonAnyGetter Map<String, Object> facts) {

        static Line of(Aggregate<?> it) {
            Aggregate.PublishedState published = it.publishedState();
            return new Line(
                    EventTypes.subjectOf(it), it.sequence(), published.state(), published.parts(), published.facts());
        }
    }

    /// Every aggregate to which something has happened, a JSON object a line.
    ///
    /// @param subjects only these, `<aggregate>/<id>` separated by commas, 200 at most
    @Operation(
            summary = "What this service has published, from its stored documents",
            description = "A JSON object a line: the aggregate, the number of its last event, its state, the states of"
                    + " its parts, and the amounts that readers fold too.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")))
    @GetMapping
    ResponseEntity<StreamingResponseBody> published(
            By by, @RequestParam(required = false) @Nullable List<String> subjects) {
        var _ = by.as(auditor);
        if (subjects != null && subjects.size() > MOST_SUBJECTS)
            throw new Invalid("subjects", "At most %d subjects are asked for at once.".formatted(MOST_SUBJECTS));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_NDJSON).body(out -> write(subjects, out));
    }

    private void write(@Nullable List<String> subjects, OutputStream out) throws IOException {
        try (Stream<? extends Aggregate<?>> all = subjects == null ? stored.all() : stored.find(subjects)) {
            for (var it = all.iterator(); it.hasNext(); ) {
                Aggregate<?> aggregate = it.next();
                if (aggregate.sequence() == 0) continue;
                out.write(EventJson.mapper().writeValueAsBytes(Line.of(aggregate)));
                out.write('\n');
            }
        }
    }
}
