package koinon.cities.gathering;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
import koinon.cities.gathering.attendance.Headcount;
import koinon.cities.gathering.attendance.ReportedAttendance;
import koinon.cities.gathering.event.GatheringEvent;
import koinon.cities.gathering.event.GatheringEvent.*;
import koinon.cities.gathering.programme.Arrangements;
import koinon.cities.gathering.programme.DocumentReference;
import koinon.cities.gathering.programme.Organiser;
import koinon.cities.gathering.programme.Session;
import koinon.cities.gathering.programme.SiteVisit;
import koinon.cities.gathering.time.Days;
import koinon.eventing.action.Deadline;
import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The events of a gathering as they are published.
class GatheringContractsTest {

    private static final Arrangements ARRANGEMENTS = new Arrangements(
            List.of(new LocalName("Asian Creative Forum 2025", "en")),
            "Sustainable Future from Cultural and Creative Resources",
            "Places\nCooperation",
            "Hanoi Museum",
            new Days(LocalDate.of(2025, 11, 28), LocalDate.of(2025, 11, 28), "Asia/Ho_Chi_Minh"),
            new Deadline(LocalDateTime.of(2025, 11, 20, 17, 0), "Asia/Ho_Chi_Minh"),
            List.of(new Organiser("Institute of Culture", "organiser", "institute")),
            List.of("researchers", "authorities"),
            List.of(new Source("Announcement", LocalDate.of(2025, 11, 26), "https://example.org/forum")),
            "The year, from the announcement.");
    private static final Headcount NUMBERS = new Headcount(2, 1, 0, 1, 0, 0);
    private static final Headcount SUMS = new Headcount(5, 3, 1, 1, 0, 4);

    @Test
    void what_happens_to_a_gathering_is_published_as_its_contracts_say() {
        Contracts.publishes(
                "cities",
                GatheringEvent.class,
                EventJson.mapper()::writeValueAsString,
                new GatheringAnnounced(
                        "forum", new LocalName("Asia Creativity Forum 2025", "en"), "vn-ha-noi", ARRANGEMENTS),
                new GatheringAmended(ARRANGEMENTS, "The museum is ready a day earlier."),
                new SessionPlanned(new Session(
                        "places",
                        "Creating places",
                        "Places from cultural and creative resources",
                        at(9, 0),
                        at(10, 30))),
                new SessionRemoved("places", "It is part of another one."),
                new VisitPlanned(new SiteVisit(
                        "survey",
                        "Creative spaces in the old quarter",
                        at(14, 0),
                        at(17, 0),
                        "Workshops and galleries")),
                new VisitRemoved("survey", "The spaces are closed on that day."),
                new DocumentAdded(new DocumentReference(
                        "programme",
                        "Programme",
                        "https://example.org/programme.pdf",
                        "0123456789abcdef".repeat(4),
                        "application/pdf")),
                new DocumentRemoved("programme", "It was replaced by the proceedings."),
                new DelegationRegistered("ph-cebu-city", NUMBERS, SUMS, 3),
                new DelegationWithdrawn("ph-cebu-city", SUMS, 2),
                new DelegationAttended("ph-cebu-city", NUMBERS, SUMS),
                new AttendanceReported(new ReportedAttendance(
                        "vietnamese",
                        "Vietnamese delegates",
                        "over 100",
                        100,
                        true,
                        "authorities",
                        "Viet Nam",
                        new Source("A news report", LocalDate.of(2023, 11, 18), "https://example.org/report"))),
                new AttendanceWithdrawn("vietnamese", "It was of another conference."),
                new GatheringHeld(),
                new GatheringCancelled("A storm."),
                new HeldReversed("It was postponed."),
                new TextRedacted(
                        "hKV5bkL2Yw0cB1Jf0m7qvVt3o9sQ4dXeUuRzN8iGaPE", "It named a person who did not agree to it."),
                new NextChanged());
    }

    private static LocalDateTime at(int hour, int minute) {
        return LocalDateTime.of(2025, 11, 28, hour, minute);
    }
}
