package koinon.cities.gathering;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.cities.Participant;
import koinon.cities.city.Cities;
import koinon.cities.gathering.calendar.CalendarEntry;
import koinon.cities.gathering.calendar.CalendarEntry.Status;
import koinon.cities.gathering.calendar.CalendarEntry.When;
import koinon.cities.gathering.calendar.CalendarWriter;
import koinon.cities.gathering.programme.Arrangements;
import koinon.cities.gathering.programme.DocumentReference;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Gatherings as calendars (iCalendar, RFC 5545), for programs that subscribe to them.
@RestController
final class CalendarsController {

    private static final String CALENDAR = "text/calendar";

    /// The latest ones, in a calendar of many.
    private static final int MOST = 500;

    private final Gatherings gatherings;
    private final Cities cities;

    CalendarsController(Gatherings gatherings, Cities cities) {
        this.gatherings = gatherings;
        this.cities = cities;
    }

    /// The latest gatherings of the network, or of one host city: an entry of whole days for each.
    ///
    /// @param city id of the host city
    @GetMapping(path = "/api/v1/gatherings.ics", produces = CALENDAR)
    ResponseEntity<String> all(@RequestParam(required = false) @Nullable String city) {
        @Nullable
        Participant host = city == null ? null : cities.participant(city).orElse(null);
        if (city != null && host == null)
            throw new ValidationFailed("city", "city.unknown", "There is no city %s.", "city", city);
        List<Gathering> found = gatherings.latest(city, MOST);
        Map<String, Participant> hosts =
                cities.participants(found.stream().map(Gathering::city).collect(Collectors.toSet()));
        return calendar(
                host == null ? "Koinon" : "Koinon: " + host.name(),
                found.stream().map(it -> whole(it, hosts.get(it.city()))).toList());
    }

    /// One gathering: an entry of whole days, and one for each session and site visit whose time is known.
    @GetMapping(path = "/api/v1/gatherings/{id}/calendar.ics", produces = CALENDAR)
    ResponseEntity<String> one(@PathVariable String id) {
        Gathering gathering = gatherings.find(id).orElseThrow(RequestRejected.NotFound::new);
        @Nullable Participant host = cities.participant(gathering.city()).orElse(null);
        Stream<CalendarEntry> sessions = gathering.programme().sessions().values().stream()
                .filter(it -> it.start() != null)
                .map(it -> part(
                        gathering,
                        Programme.sessionPart(it.id()),
                        it.start(),
                        it.end(),
                        it.title(),
                        it.topic(),
                        location(gathering, host)));
        Stream<CalendarEntry> visits = gathering.programme().visits().values().stream()
                .filter(it -> it.start() != null)
                .map(it -> part(
                        gathering,
                        Programme.visitPart(it.id()),
                        it.start(),
                        it.end(),
                        it.places(),
                        it.seen(),
                        it.places()));
        return calendar(
                gathering.title().text(),
                Stream.concat(Stream.of(whole(gathering, host)), Stream.concat(sessions, visits))
                        .toList());
    }

    private static CalendarEntry whole(Gathering gathering, @Nullable Participant host) {
        Arrangements arrangements = gathering.arrangements();
        String description = Stream.of(
                        arrangements.theme(),
                        arrangements.organisers().stream().map(it -> it.name()).collect(Collectors.joining(", ")),
                        arrangements.inferred())
                .filter(it -> it != null && !it.isEmpty())
                .collect(Collectors.joining("\n"));
        return new CalendarEntry(
                uid(gathering.id()),
                gathering.version(),
                gathering.changedAt(),
                new When.WholeDays(
                        arrangements.days().first(), arrangements.days().last()),
                status(gathering),
                gathering.title().text(),
                description.isEmpty() ? null : description,
                location(gathering, host),
                gathering.programme().documents().values().stream()
                        .map(DocumentReference::link)
                        .toList());
    }

    private static CalendarEntry part(
            Gathering gathering,
            String part,
            @Nullable LocalDateTime start,
            @Nullable LocalDateTime end,
            String summary,
            @Nullable String description,
            String location) {
        return new CalendarEntry(
                uid(gathering.id() + "/" + part),
                gathering.version(),
                gathering.changedAt(),
                new When.Times(
                        Objects.requireNonNull(start),
                        end,
                        ZoneId.of(gathering.arrangements().days().zone())),
                status(gathering),
                summary,
                description,
                location,
                List.of());
    }

    private static String uid(String of) {
        return of + "@gatherings.koinon";
    }

    private static Status status(Gathering gathering) {
        return switch (gathering.state()) {
            case ANNOUNCED, HELD -> Status.CONFIRMED;
            case CANCELLED -> Status.CANCELLED;
        };
    }

    private static String location(Gathering gathering, @Nullable Participant host) {
        String city = host == null ? gathering.city() : host.name();
        @Nullable String venue = gathering.arrangements().venue();
        return venue == null ? city : venue + ", " + city;
    }

    private static ResponseEntity<String> calendar(String name, List<CalendarEntry> entries) {
        String text = CalendarWriter.written(name, entries);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.parseMediaType(CALENDAR), StandardCharsets.UTF_8))
                .eTag(hash(text))
                .body(text);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, 22);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
