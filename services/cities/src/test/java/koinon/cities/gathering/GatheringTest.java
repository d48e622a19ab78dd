package koinon.cities.gathering;

import static koinon.cities.gathering.GatheringFixture.BEFORE;
import static koinon.cities.gathering.GatheringFixture.CEBU;
import static koinon.cities.gathering.GatheringFixture.DAYS;
import static koinon.cities.gathering.GatheringFixture.DURING;
import static koinon.cities.gathering.GatheringFixture.GUEST;
import static koinon.cities.gathering.GatheringFixture.HOST;
import static koinon.cities.gathering.GatheringFixture.SEVEN;
import static koinon.cities.gathering.GatheringFixture.announced;
import static koinon.cities.gathering.GatheringFixture.arrangements;
import static koinon.cities.gathering.GatheringFixture.at;
import static koinon.cities.gathering.GatheringFixture.facts;
import static koinon.cities.gathering.GatheringFixture.full;
import static koinon.cities.gathering.GatheringFixture.guest;
import static koinon.cities.gathering.GatheringFixture.held;
import static koinon.cities.gathering.GatheringFixture.host;
import static koinon.cities.gathering.GatheringFixture.on;
import static koinon.cities.gathering.GatheringFixture.person;
import static koinon.cities.gathering.GatheringFixture.secretariat;
import static koinon.cities.gathering.GatheringFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import koinon.cities.Participant;
import koinon.cities.Participant.Standing;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
import koinon.cities.gathering.Gathering.State;
import koinon.cities.gathering.attendance.Delegation;
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
import koinon.eventing.redaction.Redactions;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GatheringTest {

    private static final String WHY = "It named a person who did not agree to it.";

    @Test
    void a_gathering_is_announced_under_an_id_of_its_title_and_its_first_day() {
        Gathering gathering = announced();

        assertThat(gathering.id()).isEqualTo("creative-forum-2027-05-10");
        assertThat(gathering.state()).isEqualTo(State.ANNOUNCED);
        assertThat(gathering.events()).containsExactly(facts(arrangements()));
    }

    @Test
    void the_secretariat_may_announce_it_too_and_before_anything_else_is_known() {
        var unknown = new Arrangements(List.of(), null, null, null, DAYS, null, List.of(), List.of(), List.of(), null);

        Gathering gathering = Gathering.announce(facts(unknown), HOST, secretariat(BEFORE));

        assertThat(gathering.arrangements().theme()).isNull();
        assertThat(gathering.programme().sessions()).isEmpty();
        assertThat(gathering.attendance().sums()).isEqualTo(new Delegation.Sums(0, Headcount.NONE, null));
    }

    @Test
    void everything_that_is_wrong_with_an_announcement_is_named() {
        var wrong = new Arrangements(
                List.of(new LocalName("Forum", "English")),
                null,
                null,
                null,
                new Days(LocalDate.of(2027, 5, 11), LocalDate.of(2027, 5, 10), "Asia/Nowhere"),
                new Deadline(LocalDateTime.of(2027, 3, 28, 2, 30), "Europe/Vienna"),
                List.of(new Organiser("", "boss", "club")),
                List.of("robots"),
                List.of(new Source("News", null, "http://example.org")),
                null);
        var announcement = new GatheringAnnounced("party", new LocalName(" ", "vi"), "xx-nowhere", wrong);

        assertThatThrownBy(() -> Gathering.announce(announcement, null, secretariat(BEFORE)))
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations())
                                .extracting(ValidationFailed.Violation::pointer)
                                .containsExactlyInAnyOrder(
                                        "/kind",
                                        "/title/text",
                                        "/city",
                                        "/otherNames/0/language",
                                        "/days/zone",
                                        "/days/last",
                                        "/registrationCloses/local",
                                        "/organisers/0/name",
                                        "/organisers/0/role",
                                        "/organisers/0/kind",
                                        "/participants/0",
                                        "/sources/0/link"));
    }

    @Test
    void a_registration_that_closes_in_an_hour_that_the_clock_skips_or_after_the_end_is_refused() {
        assertInvalid(
                () -> announced(with(DAYS, new Deadline(LocalDateTime.of(2027, 3, 28, 2, 30), "Europe/Vienna"))),
                "/registrationCloses/local");
        assertInvalid(
                () -> announced(with(DAYS, new Deadline(LocalDateTime.of(2027, 5, 12, 0, 1), "Asia/Ho_Chi_Minh"))),
                "/registrationCloses/local");
    }

    @Test
    void arrangements_are_amended_with_a_reason() {
        Gathering gathering = announced();
        Arrangements next = on(new Days(LocalDate.of(2027, 6, 1), LocalDate.of(2027, 6, 2), "Asia/Ho_Chi_Minh"));

        gathering.amend(next, "The museum is closed in May.", secretariat(BEFORE));

        assertThat(gathering.events().getLast()).isEqualTo(new GatheringAmended(next, "The museum is closed in May."));
        assertThat(gathering.id()).isEqualTo("creative-forum-2027-05-10");
        assertThat(gathering.order()).isEqualTo("2027-06-01 creative-forum-2027-05-10");
        assertInvalid(() -> gathering.amend(next, "Again.", host(BEFORE)), "");
    }

    @Test
    void days_do_not_leave_a_session_or_a_visit_outside() {
        Gathering gathering = full();
        Arrangements first = on(new Days(DAYS.first(), DAYS.first(), DAYS.zone()));

        assertRefused(() -> gathering.amend(first, "One day.", host(BEFORE)), "outside-days")
                .hasMessageContaining("visit survey")
                .hasMessageNotContaining("session opening");
    }

    @Test
    void a_session_is_added_changed_and_removed() {
        Gathering gathering = announced();
        var changed = new Session("opening", "Opening", null, null, null);

        gathering.plan(GatheringFixture.session(), host(BEFORE));
        gathering.plan(GatheringFixture.session(), host(BEFORE));
        gathering.plan(changed, secretariat(BEFORE));
        assertThat(gathering.programme().sessions()).containsOnlyKeys("opening").containsValue(changed);
        gathering.removeSession("opening", "It is part of another.", host(BEFORE));

        assertThat(gathering.programme().sessions()).isEmpty();
        assertThat(gathering.events().subList(1, 4))
                .containsExactly(
                        new SessionPlanned(GatheringFixture.session()),
                        new SessionPlanned(changed),
                        new SessionRemoved("opening", "It is part of another."));
        assertThat(gathering.etag("session/opening")).isEqualTo(4);
    }

    @Test
    void what_is_not_there_is_not_removed() {
        Gathering gathering = announced();

        assertRefused(() -> gathering.removeSession("x", "why", host(BEFORE)), "no-such-part");
        assertRefused(() -> gathering.removeVisit("x", "why", host(BEFORE)), "no-such-part");
        assertRefused(() -> gathering.removeDocument("x", "why", host(BEFORE)), "no-such-part");
        assertRefused(() -> gathering.withdrawReport("x", "why", host(BEFORE)), "no-such-part");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        2027-05-09T23:59, -,                /start
        2027-05-12T00:00, -,                /start
        2027-05-11T23:00, 2027-05-12T00:01, /end
        2027-05-10T10:00, 2027-05-10T10:00, /end
        -,                2027-05-10T10:00, /end
        """)
    void a_session_lies_within_the_days_of_its_gathering_and_ends_after_it_starts(
            LocalDateTime start, LocalDateTime end, String pointer) {
        assertInvalid(() -> announced().plan(new Session("s", "S", null, start, end), host(BEFORE)), pointer);
    }

    @Test
    void a_session_may_last_until_the_end_of_the_last_day() {
        Gathering gathering = announced();

        gathering.plan(new Session("s", "S", null, at(11, 23, 0), at(12, 0, 0)), host(BEFORE));

        assertThat(gathering.programme().sessions()).hasSize(1);
    }

    @Test
    void no_session_takes_place_in_an_hour_that_the_clock_skips() {
        Gathering gathering =
                announced(on(new Days(LocalDate.of(2027, 3, 27), LocalDate.of(2027, 3, 28), "Europe/Vienna")));

        assertInvalid(
                () -> gathering.plan(
                        new Session("s", "S", null, LocalDateTime.of(2027, 3, 28, 2, 30), null), host(BEFORE)),
                "/start");
        assertInvalid(
                () -> gathering.plan(
                        new SiteVisit(
                                "v",
                                "Places",
                                LocalDateTime.of(2027, 3, 28, 1, 0),
                                LocalDateTime.of(2027, 3, 28, 2, 30),
                                null),
                        host(BEFORE)),
                "/end");
    }

    @Test
    void a_document_has_a_link_that_can_be_followed() {
        assertInvalid(
                () -> announced().add(new DocumentReference("D 1", "", "ftp://x", "abc", "pdf"), host(BEFORE)),
                "document",
                "/title",
                "/link",
                "/checksum",
                "/mediaType");
    }

    @Test
    void a_city_registers_its_delegation_and_changes_it() {
        Gathering gathering = announced();

        gathering.register(CEBU, GUEST, SEVEN, guest(BEFORE));
        gathering.register(CEBU, GUEST, SEVEN, guest(BEFORE));
        gathering.register(HOST.id(), HOST, new Headcount(0, 0, 0, 0, 0, 5), host(BEFORE));

        assertThat(gathering.events()).element(1).isEqualTo(new DelegationRegistered(CEBU, SEVEN, SEVEN, 1));
        assertThat(gathering.events())
                .element(2)
                .isEqualTo(new DelegationRegistered(
                        HOST.id(), new Headcount(0, 0, 0, 0, 0, 5), new Headcount(2, 1, 0, 3, 0, 6), 2));
        assertThat(gathering.attendance().sums())
                .isEqualTo(new Delegation.Sums(2, new Headcount(2, 1, 0, 3, 0, 6), null));
        assertThat(gathering.events()).hasSize(3);
    }

    @Test
    void a_delegation_of_nobody_or_of_less_is_refused() {
        assertInvalid(() -> announced().register(CEBU, GUEST, Headcount.NONE, guest(BEFORE)), "");
        assertInvalid(() -> announced().register(CEBU, GUEST, new Headcount(-1, 2, 0, 0, 0, 0), guest(BEFORE)), "");
    }

    @Test
    void a_city_that_left_or_is_a_candidate_or_is_unknown_sends_no_delegation() {
        var left = new Participant(CEBU, "Cebu City", Standing.LEFT);
        var candidate = new Participant(CEBU, "Cebu City", Standing.CANDIDATE);

        assertRefused(() -> announced().register(CEBU, left, SEVEN, guest(BEFORE)), "city-left")
                .hasMessage("Cebu City has left the network.");
        assertRefused(() -> announced().register(CEBU, candidate, SEVEN, guest(BEFORE)), "city-candidate");
        assertInvalid(() -> announced().register(CEBU, null, SEVEN, guest(BEFORE)), "city");
    }

    @Test
    void no_delegation_is_registered_once_the_registration_is_closed() {
        Instant closed = arrangements().registrationEnd();
        Gathering gathering = announced();
        gathering.register(CEBU, GUEST, SEVEN, guest(closed.minusMillis(1)));

        assertRefused(() -> announced().register(CEBU, GUEST, SEVEN, guest(closed)), "registration-closed");
        Gathering open = announced(on(DAYS));
        open.register(CEBU, GUEST, SEVEN, guest(DAYS.begin().minusMillis(1)));
        assertRefused(
                () -> announced(on(DAYS)).register(CEBU, GUEST, SEVEN, guest(DAYS.begin())), "registration-closed");
    }

    @Test
    void a_delegation_is_withdrawn_until_it_was_counted() {
        Gathering gathering = full();
        gathering.withdraw(CEBU, guest(BEFORE));

        assertThat(gathering.events().getLast()).isEqualTo(new DelegationWithdrawn(CEBU, Headcount.NONE, 0));
        assertThat(gathering.attendance().delegations()).isEmpty();
        assertRefused(() -> gathering.withdraw(CEBU, guest(BEFORE)), "no-delegation");

        Gathering counted = full();
        counted.attend(CEBU, SEVEN, host(DURING));
        assertRefused(() -> counted.withdraw(CEBU, guest(DURING)), "delegation-attended");
    }

    @Test
    void those_who_came_are_counted_from_the_first_day_on() {
        Gathering gathering = full();
        var three = new Headcount(1, 1, 0, 1, 0, 0);

        assertRefused(() -> gathering.attend(CEBU, three, host(DAYS.begin().minusMillis(1))), "not-begun");
        assertRefused(() -> gathering.attend(HOST.id(), three, host(DURING)), "no-delegation");
        gathering.attend(CEBU, three, host(DAYS.begin()));
        gathering.attend(CEBU, Headcount.NONE, secretariat(DURING));

        assertThat(gathering.events()).contains(new DelegationAttended(CEBU, three, three));
        assertThat(gathering.attendance().delegations().get(CEBU)).isEqualTo(new Delegation(SEVEN, Headcount.NONE));
    }

    @Test
    void who_came_is_entered_as_it_was_reported_and_corrected() {
        Gathering gathering = announced();
        var corrected = new ReportedAttendance("all", "Delegates", "about 120", null, false, null, null, null);

        assertRefused(() -> gathering.report(GatheringFixture.report(), host(BEFORE)), "not-begun");
        gathering.report(GatheringFixture.report(), host(DURING));
        gathering.report(corrected, host(DURING));
        assertThat(gathering.attendance().reports()).containsValue(corrected);
        gathering.withdrawReport("all", "It was of another forum.", host(DURING));

        assertThat(gathering.attendance().reports()).isEmpty();
        assertInvalid(
                () -> gathering.report(
                        new ReportedAttendance("all", " ", "", null, true, "robots", null, null), host(DURING)),
                "/whom",
                "/figure",
                "/atLeast",
                "/category");
    }

    @Test
    void it_is_confirmed_from_its_first_day_on_that_it_was_held() {
        Gathering gathering = announced();

        assertRefused(() -> gathering.hold(host(DAYS.begin().minusMillis(1))), "not-begun");
        gathering.hold(host(DAYS.begin()));

        assertThat(gathering.state()).isEqualTo(State.HELD);
        assertThat(gathering.events().getLast()).isEqualTo(new GatheringHeld());
    }

    @Test
    void it_is_cancelled_with_a_reason() {
        Gathering gathering = announced();
        gathering.cancel("A storm.", secretariat(BEFORE));

        assertThat(gathering.state()).isEqualTo(State.CANCELLED);
        assertThat(gathering.reason()).isEqualTo("A storm.");
        assertInvalid(() -> announced().cancel(" ", secretariat(BEFORE)), "/reason");
    }

    @Test
    void a_second_person_reverses_the_confirmation() {
        Gathering gathering = held();

        assertThatThrownBy(() -> gathering.reverseHeld("It was postponed.", host(DURING)))
                .isInstanceOfSatisfying(
                        AccessDenied.class, it -> assertThat(it.rule()).isEqualTo("separate-hands"));
        gathering.reverseHeld("It was postponed.", secretariat(DURING));

        assertThat(gathering.state()).isEqualTo(State.ANNOUNCED);
        assertThat(gathering.events().getLast()).isEqualTo(new HeldReversed("It was postponed."));
        gathering.hold(secretariat(DURING));
        gathering.reverseHeld("Once more.", host(DURING));
        assertThat(gathering.state()).isEqualTo(State.ANNOUNCED);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("refused")
    void what_does_not_fit_its_state_is_refused_and_changes_nothing(
            String what, State state, Consumer<Gathering> command) {
        Gathering gathering = GatheringFixture.in(state);
        List<GatheringEvent> before = gathering.events();

        assertRefused(() -> command.accept(gathering), "wrong-state");
        assertThat(gathering.state()).isEqualTo(state);
        assertThat(gathering.events()).isEqualTo(before);
    }

    static Stream<Arguments> refused() {
        Stream<Arguments> onceHeld = Stream.of(
                        command("amend", it -> it.amend(on(DAYS), "why", host(DURING))),
                        command("register", it -> it.register(CEBU, GUEST, SEVEN, guest(BEFORE))),
                        command("withdraw", it -> it.withdraw(CEBU, guest(BEFORE))),
                        command("hold", it -> it.hold(host(DURING))),
                        command("cancel", it -> it.cancel("why", host(DURING))))
                .flatMap(it -> Stream.of(it.in(State.HELD), it.in(State.CANCELLED)));
        Stream<Arguments> onceCancelled = Stream.of(
                        command("plan session", it -> it.plan(GatheringFixture.session(), host(BEFORE))),
                        command("remove session", it -> it.removeSession("opening", "why", host(BEFORE))),
                        command("plan visit", it -> it.plan(GatheringFixture.visit(), host(BEFORE))),
                        command("remove visit", it -> it.removeVisit("survey", "why", host(BEFORE))),
                        command("add document", it -> it.add(GatheringFixture.document(), host(BEFORE))),
                        command("remove document", it -> it.removeDocument("programme", "why", host(BEFORE))),
                        command("attend", it -> it.attend(CEBU, SEVEN, host(DURING))),
                        command("report", it -> it.report(GatheringFixture.report(), host(DURING))),
                        command("withdraw report", it -> it.withdrawReport("all", "why", host(DURING))))
                .map(it -> it.in(State.CANCELLED));
        Stream<Arguments> reversed = Stream.of(State.ANNOUNCED, State.CANCELLED)
                .map(command("reverse", it -> it.reverseHeld("why", secretariat(DURING)))::in);
        return Stream.of(onceHeld, onceCancelled, reversed).flatMap(it -> it);
    }

    private record Refused(String what, Consumer<Gathering> command) {
        Arguments in(State state) {
            return Arguments.of(what, state, command);
        }
    }

    private static Refused command(String what, Consumer<Gathering> command) {
        return new Refused(what, command);
    }

    @Test
    void the_programme_and_who_came_are_entered_after_it_was_held_too() {
        Gathering gathering = held();

        gathering.plan(new Session("closing", "Closing", null, null, null), host(DURING));
        gathering.attend(CEBU, SEVEN, secretariat(DURING));
        gathering.removeDocument("programme", "It is obsolete.", host(DURING));

        assertThat(gathering.state()).isEqualTo(State.HELD);
        assertThat(gathering.programme().sessions()).containsOnlyKeys("opening", "closing");
    }

    @Test
    void nobody_but_the_secretariat_and_the_host_organises_and_each_city_registers_for_itself() {
        List<Consumer<Gathering>> commands = List.of(
                it -> it.amend(on(DAYS), "why", guest(DURING)),
                it -> it.plan(GatheringFixture.session(), guest(DURING)),
                it -> it.removeSession("opening", "why", guest(DURING)),
                it -> it.plan(GatheringFixture.visit(), guest(DURING)),
                it -> it.removeVisit("survey", "why", guest(DURING)),
                it -> it.add(GatheringFixture.document(), guest(DURING)),
                it -> it.removeDocument("programme", "why", guest(DURING)),
                it -> it.register(CEBU, GUEST, SEVEN, host(BEFORE)),
                it -> it.register(CEBU, GUEST, SEVEN, secretariat(BEFORE)),
                it -> it.withdraw(CEBU, host(BEFORE)),
                it -> it.attend(CEBU, SEVEN, guest(DURING)),
                it -> it.report(GatheringFixture.report(), guest(DURING)),
                it -> it.withdrawReport("all", "why", guest(DURING)),
                it -> it.hold(guest(DURING)),
                it -> it.cancel("why", guest(DURING)),
                it -> it.reverseHeld("why", guest(DURING)),
                it -> it.redact("Opening", WHY, host(DURING)),
                it -> it.hold(person("signatory", "city-signatory", "city/" + HOST.id(), DURING)));

        assertThat(commands)
                .allSatisfy(it -> assertThatThrownBy(() -> it.accept(full())).isInstanceOf(AccessDenied.class));
        assertThatThrownBy(() -> Gathering.announce(facts(arrangements()), HOST, guest(BEFORE)))
                .isInstanceOf(AccessDenied.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_text_can_be_redacted_in_every_state_and_the_state_stays(State state) {
        Gathering gathering = GatheringFixture.in(state);

        gathering.redact("Opening", WHY, secretariat(DURING));
        gathering.redact("Cooperation", WHY, secretariat(DURING));
        gathering.redact("over 100", WHY, secretariat(DURING));

        assertThat(gathering.state()).isEqualTo(state);
        assertThat(gathering.programme().sessions().get("opening").title()).isEqualTo(Redactions.MARK);
        assertThat(gathering.arrangements().theme()).isEqualTo(Redactions.MARK);
        assertThat(gathering.attendance().reports().get("all").figure()).isEqualTo(Redactions.MARK);
        assertThat(gathering.events().getLast())
                .isEqualTo(new TextRedacted(Redactions.digest(gathering.id(), "over 100"), WHY));
        assertRefused(() -> gathering.redact("Nobody wrote this.", WHY, secretariat(DURING)), "no-such-text");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            ThrowingCallable command, String rule) {
        return assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    private static void assertInvalid(ThrowingCallable command, String... pointers) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations())
                                .extracting(ValidationFailed.Violation::pointer)
                                .containsExactlyInAnyOrder(pointers));
    }
}
