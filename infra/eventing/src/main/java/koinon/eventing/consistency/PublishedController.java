package koinon.eventing.consistency;

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
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.document.EventJson;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventTypes;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/// Lists where each aggregate of this service stands, from the stored documents. A reader of the topic compares its
/// projections with this list and detects missing events.
@Tag(name = "operations")
@RestController
@RequestMapping("/operations/published")
class PublishedController {

    private static final int MOST_SUBJECTS = 200;

    private final StoredAggregates stored;
    private final Right auditor;

    /// @param auditor the mandate that reads everything
    PublishedController(StoredAggregates stored, Right auditor) {
        this.stored = stored;
        this.auditor = auditor;
    }

    /// One aggregate after its last event.
    ///
    /// @param id `<aggregate>/<id>`
    /// @param sequence the number of its last event
    /// @param state absent where it has none
    /// @param parts the state of each of its parts
    /// @param sums sums of money that follow from its state
    /// @param next what can be done next
    record Line(
            String id,
            long sequence,
            @Nullable String state,
            Map<String, String> parts,
            Map<String, Money> sums,
            List<NextAction> next,
            @JsonAnyGetter Map<String, Object> facts) {

        static Line of(Aggregate<?> it) {
            Aggregate.PublishedState published = it.publishedState();
            return new Line(
                    EventTypes.subjectOf(it),
                    it.sequence(),
                    published.state(),
                    published.parts(),
                    published.sums(),
                    it.actions(),
                    published.facts());
        }
    }

    /// Every aggregate that has events, one JSON object per line.
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
            Actor by, @RequestParam(required = false) @Nullable List<String> subjects) {
        var _ = by.as(auditor);
        if (subjects != null && subjects.size() > MOST_SUBJECTS)
            throw new ValidationFailed(
                    "subjects",
                    "validation.subjects",
                    "At most %s subjects are asked for at once.",
                    "max",
                    MOST_SUBJECTS);
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
