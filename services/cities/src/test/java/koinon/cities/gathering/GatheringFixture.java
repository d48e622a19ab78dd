package koinon.cities.gathering;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import koinon.cities.Participant;
import koinon.cities.Participant.Standing;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
import koinon.cities.gathering.attendance.Headcount;
import koinon.cities.gathering.attendance.ReportedAttendance;
import koinon.cities.gathering.event.GatheringEvent.GatheringAnnounced;
import koinon.cities.gathering.programme.Arrangements;
import koinon.cities.gathering.programme.DocumentReference;
import koinon.cities.gathering.programme.Organiser;
import koinon.cities.gathering.programme.Session;
import koinon.cities.gathering.programme.SiteVisit;
import koinon.cities.gathering.time.Days;
import koinon.eventing.action.Deadline;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;

/// Gatherings in each state, reached through commands.
final class GatheringFixture {

    static final String HANOI = "vn-ha-noi";
    static final String CEBU = "ph-cebu-city";
    static final Participant HOST = new Participant(HANOI, "Hà Nội", Standing.TAKES_PART);
    static final Participant GUEST = new Participant(CEBU, "Cebu City", Standing.TAKES_PART);

    /// Before the registration closes.
    static final Instant BEFORE = Instant.parse("2027-03-01T09:00:00Z");

    /// On the first day.
    static final Instant DURING = Instant.parse("2027-05-10T03:00:00Z");

    static final Days DAYS = new Days(LocalDate.of(2027, 5, 10), LocalDate.of(2027, 5, 11), "Asia/Ho_Chi_Minh");

    static final Headcount SEVEN = new Headcount(2, 1, 0, 3, 0, 1);

    private GatheringFixture() {}

    static Actor secretariat(Instant at) {
        return person("secretary", "secretariat", "network", at);
    }

    static Actor host(Instant at) {
        return person("host", "city-editor", "city/" + HANOI, at);
    }

    static Actor guest(Instant at) {
        return person("guest", "city-editor", "city/" + CEBU, at);
    }

    static Actor person(String id, String role, String scope, Instant at) {
        return new Actor(id, List.of(new Mandate("m-" + id, role, scope, null, null, null)), null, null, at);
    }

    static Arrangements arrangements() {
        return new Arrangements(
                List.of(new LocalName("Diễn đàn sáng tạo", "vi")),
                "Cooperation",
                "Cities and their crafts",
                "Museum",
                DAYS,
                new Deadline(LocalDateTime.of(2027, 4, 30, 17, 0), "Asia/Ho_Chi_Minh"),
                List.of(new Organiser("Department of Culture", "organiser", "city-department")),
                List.of("researchers", "communities"),
                List.of(new Source("Announcement", LocalDate.of(2027, 1, 15), "https://example.org/forum")),
                null);
    }

    /// The arrangements on other days.
    static Arrangements on(Days days) {
        return with(days, null);
    }

    static Arrangements with(Days days, Deadline registrationCloses) {
        Arrangements it = arrangements();
        return new Arrangements(
                it.otherNames(),
                it.theme(),
                it.topics(),
                it.venue(),
                days,
                registrationCloses,
                it.organisers(),
                it.participants(),
                it.sources(),
                it.inferred());
    }

    static GatheringAnnounced facts(Arrangements arrangements) {
        return new GatheringAnnounced("forum", new LocalName("Creative Forum", "en"), HANOI, arrangements);
    }

    static Gathering announced() {
        return Gathering.announce(facts(arrangements()), HOST, host(BEFORE));
    }

    static Gathering announced(Arrangements arrangements) {
        return Gathering.announce(facts(arrangements), HOST, host(BEFORE));
    }

    /// With something of each kind.
    static Gathering full() {
        Gathering gathering = announced();
        gathering.plan(session(), host(BEFORE));
        gathering.plan(visit(), host(BEFORE));
        gathering.add(document(), host(BEFORE));
        gathering.register(CEBU, GUEST, SEVEN, guest(BEFORE));
        gathering.report(report(), host(DURING));
        return gathering;
    }

    static Gathering held() {
        Gathering gathering = full();
        gathering.hold(host(DURING));
        return gathering;
    }

    static Gathering cancelled() {
        Gathering gathering = full();
        gathering.cancel("A storm.", host(DURING));
        return gathering;
    }

    static Gathering in(Gathering.State state) {
        return switch (state) {
            case ANNOUNCED -> full();
            case HELD -> held();
            case CANCELLED -> cancelled();
        };
    }

    static Session session() {
        return new Session("opening", "Opening", "Welcome", at(10, 9, 0), at(10, 10, 30));
    }

    static SiteVisit visit() {
        return new SiteVisit("survey", "Creative spaces", at(11, 14, 0), at(11, 17, 0), "Workshops");
    }

    static DocumentReference document() {
        return new DocumentReference("programme", "Programme", "https://example.org/programme.pdf", null, null);
    }

    static ReportedAttendance report() {
        return new ReportedAttendance("all", "Delegates", "over 100", 100, true, null, null, null);
    }

    static LocalDateTime at(int day, int hour, int minute) {
        return LocalDateTime.of(2027, 5, day, hour, minute);
    }
}
