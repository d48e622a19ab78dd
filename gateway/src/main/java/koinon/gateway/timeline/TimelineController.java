package koinon.gateway.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.EventJson;
import koinon.eventing.rule.ValidationFailed;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.status.RenderedStatus;
import koinon.gateway.status.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers the timeline of a project: the events that the caller may see.
@RestController
class TimelineController {

    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 200;

    private final TimelineService timelines;
    private final Statuses statuses;
    private final Contracts contracts;

    TimelineController(TimelineService timelines, Statuses statuses, Contracts contracts) {
        this.timelines = timelines;
        this.statuses = statuses;
        this.contracts = contracts;
    }

    /// @param next the value of `after` for the next page; absent on the last page
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<TimelineEntry> items, @Nullable String next) {}

    /// The events of a project, oldest first.
    ///
    /// @param after the `next` of the previous page
    @Operation(
            summary = "What happened to a project, oldest first",
            description =
                    "Every event of its proposal, of itself, of its agreements, and what funds answered it, as far"
                            + " as the caller may see it; `facts` is the event itself.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @GetMapping("/api/v1/status/projects/{id}/timeline")
    ResponseEntity<byte[]> timeline(
            Actor actor,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "" + PAGE) int limit)
            throws InterruptedException {
        if (limit < 1 || limit > LARGEST_PAGE)
            throw new ValidationFailed(
                    "limit", "validation.limit", "limit must be between 1 and %s.", "max", LARGEST_PAGE);
        Caller caller = Caller.of(actor.mandates());
        RenderedStatus shown = statuses.find(id)
                .filter(it -> it.isVisibleTo(caller.to(it.involved())))
                .orElseThrow(RequestRejected.NotFound::new);
        Page page = page(id, caller.to(shown.involved()), shown.isApproved(), after, limit);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy(HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE, "Koinon-Mandate")
                .contentType(MediaType.APPLICATION_JSON)
                .body(EventJson.mapper().writeValueAsBytes(page));
    }

    private Page page(String id, Reader reader, boolean approved, @Nullable String after, int limit)
            throws InterruptedException {
        List<TimelineEntry> allowed = new ArrayList<>();
        String cursor = after == null ? "" : decoded(after);
        while (allowed.size() <= limit) {
            List<TimelineEntry> found = timelines.of(id, cursor, LARGEST_PAGE);
            found.stream()
                    .flatMap(it -> it.shownTo(reader, approved, contracts).stream())
                    .forEach(allowed::add);
            if (found.size() < LARGEST_PAGE) break;
            cursor = found.getLast().key();
        }
        List<TimelineEntry> shown = allowed.subList(0, Math.min(allowed.size(), limit));
        return new Page(
                List.copyOf(shown),
                allowed.size() > limit ? encoded(shown.getLast().key()) : null);
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(UTF_8));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private static ValidationFailed unreadable() {
        return new ValidationFailed(
                "after", "validation.after", "after must be the value of next of the previous page, or absent.");
    }
}
