package koinon.projects.call;

import static koinon.projects.call.CallFixture.AFTER_CLOSING;
import static koinon.projects.call.CallFixture.BEFORE_OPENING;
import static koinon.projects.call.CallFixture.WHILE_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.action.Deadline;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.projects.TestActors;
import koinon.projects.call.Call.Pending;
import koinon.projects.call.Call.State;
import koinon.projects.plan.Thresholds;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallTest {

    private static final Actor SECRETARIAT = TestActors.secretariat(BEFORE_OPENING);
    private static final Actor AFTER = TestActors.secretariat(AFTER_CLOSING);
    private static final Actor SECOND = TestActors.with("s-2", AFTER_CLOSING, "secretariat@network");
    private static final Actor SYSTEM = Actor.system("projects", AFTER_CLOSING);
    private static final Deadline LATER = new Deadline(LocalDateTime.parse("2027-04-14T17:00:00"), "Asia/Ho_Chi_Minh");

    /// The target state of every event from each state; other combinations are rejected.
    private static final Map<CallEvent, Map<State, State>> TRANSITIONS = Map.of(
            new CallEvent.TermsChanged(CallFixture.terms()), Map.of(State.DRAFT, State.DRAFT),
            new CallEvent.CallPublished(1, CallFixture.terms()), Map.of(State.DRAFT, State.PUBLISHED),
            new CallEvent.CallAmended(2, CallFixture.terms(), "x"), Map.of(State.PUBLISHED, State.PUBLISHED),
            new CallEvent.CallReopened("x"), Map.of(State.DECIDED, State.PUBLISHED),
            new CallEvent.DecisionLapsed("p-1"),
                    Map.of(State.DECIDED, State.PUBLISHED, State.ARCHIVED, State.PUBLISHED),
            new CallEvent.DecisionsReleased(1), Map.of(State.PUBLISHED, State.PUBLISHED, State.DECIDED, State.DECIDED),
            new CallEvent.CallDecided(null), Map.of(State.PUBLISHED, State.DECIDED),
            new CallEvent.CallArchived(), Map.of(State.DECIDED, State.ARCHIVED),
            new CallEvent.CallCancelled("x"), Map.of(State.DRAFT, State.CANCELLED, State.PUBLISHED, State.CANCELLED));

    @ParameterizedTest
    @EnumSource(State.class)
    void each_event_happens_only_in_the_states_that_allow_it(State state) {
        TRANSITIONS.forEach((event, allowed) -> {
            if (allowed.containsKey(state)) assertThat(state.after(event)).isEqualTo(allowed.get(state));
            else
                assertThatThrownBy(() -> state.after(event))
                        .isInstanceOfSatisfying(
                                RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("wrong-state"));
        });
        assertThat(state.after(new CallEvent.NextChanged())).isEqualTo(state);
        Set<Class<?>> tried =
                TRANSITIONS.keySet().stream().map(Object::getClass).collect(Collectors.toSet());
        tried.addAll(Set.of(CallEvent.CallDrafted.class, CallEvent.NextChanged.class));
        assertThat(tried).containsExactlyInAnyOrder(CallEvent.class.getPermittedSubclasses());
    }

    @Test
    void a_call_begins_as_a_draft() {
        Call call = CallFixture.draft();

        assertThat(call.events()).containsExactly(new CallEvent.CallDrafted("Crafts"));
        assertThat(call.state()).isEqualTo(State.DRAFT);
        assertThatThrownBy(call::terms).isInstanceOf(RuleViolation.class);
    }

    @Test
    void only_the_secretariat_does_anything_with_a_call() {
        Actor city = TestActors.editor("vn-hanoi", WHILE_OPEN);
        Call call = CallFixture.published();

        assertThatThrownBy(() -> Call.draft("c", "x", city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.change(CallFixture.terms(), CallFixture.FUNDS, Set.of(), city))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.publish(city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.decide(null, city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.amend(null, LATER, null, "x", city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.reopen("x", city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.archive(city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.cancel("x", city)).isInstanceOf(AccessDenied.class);
    }

    @Test
    void publishing_freezes_the_terms_as_version_1() {
        Call call = CallFixture.published();

        assertThat(call.edition()).isEqualTo(1);
        assertThat(call.title()).isEqualTo("Crafts across borders");
        assertThat(call.events().getLast()).isEqualTo(new CallEvent.CallPublished(1, call.terms()));
        assertThatThrownBy(() -> call.change(CallFixture.terms(), CallFixture.FUNDS, Set.of(), SECRETARIAT))
                .isInstanceOf(RuleViolation.class);
    }

    @Test
    void a_call_without_terms_is_not_published() {
        assertThatThrownBy(() -> CallFixture.draft().publish(SECRETARIAT))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("no-terms"));
    }

    @Test
    void a_call_that_would_have_closed_is_not_published() {
        assertThatThrownBy(
                        () -> CallFixture.written(CallFixture.terms()).publish(TestActors.secretariat(AFTER_CLOSING)))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("closes-in-the-past"));
    }

    @Test
    void a_call_is_decided_only_after_it_closed() {
        Call call = CallFixture.published();

        assertThatThrownBy(() -> call.decide(null, TestActors.secretariat(WHILE_OPEN)))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("call-not-closed"));
        call.decide("All are decided.", TestActors.secretariat(AFTER_CLOSING));
        assertThat(call.state()).isEqualTo(State.DECIDED);
        assertThat(call.reason()).isEqualTo("All are decided.");
        call.archive(TestActors.secretariat(AFTER_CLOSING));
        assertThat(call.state()).isEqualTo(State.ARCHIVED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Pending.class,
            names = {"SUBMITTED", "ELIGIBLE", "SELECTED"})
    void a_call_is_not_concluded_while_a_submitted_proposal_has_no_decision_and_the_refusal_names_it(Pending pending) {
        Call call = CallFixture.published();
        call.heard("p-1", pending, SYSTEM);

        refused("proposals-undecided", () -> call.decide(null, AFTER), "p-1 (" + pending + ")");
        assertThat(call.actions()).isEmpty();
        call.heard("p-1", null, SYSTEM);
        assertThat(call.actions()).extracting(NextAction::action).containsExactly("call.decide");
        call.decide(null, AFTER);
        assertThat(call.state()).isEqualTo(State.DECIDED);
    }

    @Test
    void a_reserve_list_is_a_decision_and_no_call_is_archived_with_one() {
        Call call = CallFixture.published();
        call.heard("p-1", Pending.RESERVE_LISTED, SYSTEM);
        call.decide(null, AFTER);

        refused("proposals-pending", () -> call.archive(AFTER), "p-1 (RESERVE_LISTED)");
        assertThat(call.actions()).isEmpty();
        call.heard("p-1", null, SYSTEM);
        call.archive(AFTER);
        assertThat(call.state()).isEqualTo(State.ARCHIVED);
    }

    @Test
    void a_proposal_submitted_while_the_call_was_being_decided_opens_it_again() {
        Call call = CallFixture.decided();
        call.heard("p-1", Pending.RESERVE_LISTED, SYSTEM);
        assertThat(call.state()).isEqualTo(State.DECIDED);

        call.heard("p-2", Pending.SUBMITTED, SYSTEM);

        assertThat(call.events()).endsWith(new CallEvent.DecisionLapsed("p-2"));
        assertThat(call.state()).isEqualTo(State.PUBLISHED);
    }

    @Test
    void a_call_is_not_cancelled_while_the_funds_are_asked() {
        Call call = CallFixture.published();
        call.heard("p-1", Pending.SELECTED, SYSTEM);

        refused("proposals-selected", () -> call.cancel("No money.", AFTER), "p-1");
        call.heard("p-1", Pending.RESERVE_LISTED, SYSTEM);
        call.cancel("No money.", AFTER);
    }

    @Test
    void a_decided_call_is_opened_again_by_another_person() {
        Call call = CallFixture.decided();

        assertThatThrownBy(() -> call.reopen("A mistake.", AFTER)).isInstanceOf(AccessDenied.class);
        call.reopen("A mistake.", SECOND);

        assertThat(call.state()).isEqualTo(State.PUBLISHED);
        assertThat(call.isOpen(AFTER_CLOSING)).isFalse();
        call.decide(null, AFTER);
    }

    @Test
    void a_deadline_is_extended_with_a_reason_also_after_it_has_passed() {
        Call call = CallFixture.published();

        call.amend(null, LATER, null, "The portal was down.", AFTER);

        assertThat(call.edition()).isEqualTo(2);
        assertThat(call.isOpen(AFTER_CLOSING)).isTrue();
        assertThat(call.terms().closes()).isEqualTo(LATER);
        assertThat(call.terms().rules()).isEqualTo(CallFixture.terms().rules());
    }

    @Test
    void an_amendment_names_what_is_wrong_with_it() {
        Call call = CallFixture.published();
        Deadline passed = new Deadline(LocalDateTime.parse("2027-04-01T00:00:00"), "Asia/Ho_Chi_Minh");
        Deadline earlier = new Deadline(LocalDateTime.parse("2027-03-31T16:59:59"), "Asia/Ho_Chi_Minh");
        Deadline skipped = new Deadline(LocalDateTime.parse("2028-03-26T02:30:00"), "Europe/Paris");

        invalid("", () -> call.amend(null, null, null, "x", AFTER));
        invalid("/closes/local", () -> call.amend(null, earlier, null, "x", AFTER));
        invalid("/closes/local", () -> call.amend(null, passed, null, "x", AFTER));
        invalid("/closes/local", () -> call.amend(null, skipped, null, "x", AFTER));
        invalid("/title", () -> call.amend("x".repeat(201), LATER, null, "x", AFTER));
        invalid("/thresholds/atRiskDays", () -> call.amend(null, null, new Thresholds(1, -1), "x", AFTER));
        invalid("/reason", () -> call.amend(null, LATER, null, " ", AFTER));
        assertThat(call.edition()).isEqualTo(1);
    }

    private static void invalid(String pointer, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations())
                                .extracting(Violation::pointer)
                                .containsExactly(pointer));
    }

    private static void refused(String rule, ThrowingCallable command, String named) {
        assertThatThrownBy(command)
                .hasMessageContaining(named)
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    @Test
    void a_call_that_holds_decisions_releases_them_and_counts_the_releases() {
        Call call = CallFixture.holding(2);

        assertThat(call.releases()).isEqualTo(2);
        assertThat(call.events().getLast()).isEqualTo(new CallEvent.DecisionsReleased(2));
        assertThat(call.state()).isEqualTo(State.PUBLISHED);
        call.decide(null, TestActors.secretariat(AFTER_CLOSING));
        call.releaseDecisions(TestActors.secretariat(AFTER_CLOSING));
        assertThat(call.releases()).isEqualTo(3);
        assertThatThrownBy(() -> CallFixture.published().releaseDecisions(SECRETARIAT))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("decisions-not-held"));
        assertThatThrownBy(() -> CallFixture.cancelled(CallFixture.holding(0)).releaseDecisions(SECRETARIAT))
                .isInstanceOf(RuleViolation.class);
        assertThatThrownBy(() -> call.releaseDecisions(TestActors.editor("vn-hanoi", AFTER_CLOSING)))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void a_call_is_cancelled_with_a_reason() {
        Call call = CallFixture.cancelled();

        assertThat(call.state()).isEqualTo(State.CANCELLED);
        assertThat(call.reason()).isEqualTo("No money.");
        assertThat(call.isOpen(WHILE_OPEN)).isFalse();
    }

    static Stream<Call> a_call_that_is_not_published_is_never_open() {
        return Stream.of(CallFixture.written(CallFixture.terms()), CallFixture.decided(), CallFixture.cancelled());
    }

    @ParameterizedTest
    @MethodSource
    void a_call_that_is_not_published_is_never_open(Call call) {
        assertThat(call.isOpen(WHILE_OPEN)).isFalse();
    }

    @Test
    void it_is_open_from_its_first_to_before_its_last_moment_in_its_own_zone() {
        Call call = CallFixture.published();
        Instant opens = Instant.parse("2026-12-31T17:00:00Z");
        Instant closes = Instant.parse("2027-03-31T10:00:00Z");

        assertThat(List.of(
                        call.isOpen(opens.minusMillis(1)),
                        call.isOpen(opens),
                        call.isOpen(closes.minusMillis(1)),
                        call.isOpen(closes)))
                .containsExactly(false, true, true, false);
        assertThat(call.isClosed(closes.minusMillis(1))).isFalse();
        assertThat(call.isClosed(closes)).isTrue();
    }
}
