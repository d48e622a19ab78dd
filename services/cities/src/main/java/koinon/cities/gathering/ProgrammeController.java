package koinon.cities.gathering;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDateTime;
import koinon.cities.ReasonRequest;
import koinon.cities.Violations;
import koinon.cities.gathering.programme.DocumentReference;
import koinon.cities.gathering.programme.Session;
import koinon.cities.gathering.programme.SiteVisit;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.http.constraint.MultiLine;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The programme of a gathering over HTTP: sessions, site visits and documents. Each has an id that the caller chooses
/// and an ETag of its own; the first time, `If-Match` is `*`.
@RestController
@RequestMapping("/api/v1/gatherings/{id}")
final class ProgrammeController {

    private final Aggregates aggregates;

    ProgrammeController(Aggregates aggregates) {
        this.aggregates = aggregates;
    }

    /// @param start local time in the zone of the gathering; absent when unknown
    record SessionRequest(
            @NotBlank @Size(max = 200) String title,
            @MultiLine @Nullable @Size(max = 2000) String topic,
            @Nullable LocalDateTime start,
            @Nullable LocalDateTime end) {}

    /// @param places what is visited, and where
    /// @param start local time in the zone of the gathering; absent when unknown
    /// @param seen what is seen there; absent when unknown
    record VisitRequest(
            @NotBlank @Size(max = 500) String places,
            @Nullable LocalDateTime start,
            @Nullable LocalDateTime end,
            @MultiLine @Nullable @Size(max = 2000) String seen) {}

    /// @param link https
    /// @param checksum SHA-256 of its content, in lower-case hexadecimal digits
    /// @param mediaType `application/pdf`
    record DocumentRequest(
            @NotBlank @Size(max = 200) String title,
            @NotBlank @Size(max = 2000) String link,

            @Nullable @Size(max = 64) @Pattern(regexp = "[0-9a-f]{64}")
            String checksum,

            @Nullable @Size(max = 120) String mediaType) {}

    @PutMapping("/sessions/{session}")
    CommandResult planSession(
            @PathVariable String id,
            @PathVariable String session,
            @RequestBody SessionRequest request,
            Command command) {
        return aggregates.change(
                target(id).part(Programme.sessionPart(session)),
                command,
                it -> it.plan(
                        new Session(
                                session,
                                request.title(),
                                Violations.known(request.topic()),
                                request.start(),
                                request.end()),
                        command.by()));
    }

    @PostMapping("/sessions/{session}/removal")
    CommandResult removeSession(
            @PathVariable String id,
            @PathVariable String session,
            @RequestBody ReasonRequest request,
            Command command) {
        return aggregates.change(
                target(id).part(Programme.sessionPart(session)),
                command,
                it -> it.removeSession(session, request.reason(), command.by()));
    }

    @PutMapping("/visits/{visit}")
    CommandResult planVisit(
            @PathVariable String id, @PathVariable String visit, @RequestBody VisitRequest request, Command command) {
        return aggregates.change(
                target(id).part(Programme.visitPart(visit)),
                command,
                it -> it.plan(
                        new SiteVisit(
                                visit,
                                request.places(),
                                request.start(),
                                request.end(),
                                Violations.known(request.seen())),
                        command.by()));
    }

    @PostMapping("/visits/{visit}/removal")
    CommandResult removeVisit(
            @PathVariable String id, @PathVariable String visit, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(
                target(id).part(Programme.visitPart(visit)),
                command,
                it -> it.removeVisit(visit, request.reason(), command.by()));
    }

    @PutMapping("/documents/{document}")
    CommandResult addDocument(
            @PathVariable String id,
            @PathVariable String document,
            @RequestBody DocumentRequest request,
            Command command) {
        return aggregates.change(
                target(id).part(Programme.documentPart(document)),
                command,
                it -> it.add(
                        new DocumentReference(
                                document,
                                request.title(),
                                request.link(),
                                request.checksum(),
                                Violations.known(request.mediaType())),
                        command.by()));
    }

    @PostMapping("/documents/{document}/removal")
    CommandResult removeDocument(
            @PathVariable String id,
            @PathVariable String document,
            @RequestBody ReasonRequest request,
            Command command) {
        return aggregates.change(
                target(id).part(Programme.documentPart(document)),
                command,
                it -> it.removeDocument(document, request.reason(), command.by()));
    }

    private static Target<Gathering> target(String id) {
        return Target.of(Gathering.class, id, _ -> true);
    }
}
