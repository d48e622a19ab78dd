package koinon.projects.call;

import static koinon.projects.call.CallFixture.AFTER_CLOSING;
import static koinon.projects.call.CallFixture.BEFORE_OPENING;
import static koinon.projects.call.CallFixture.WHILE_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.TestActors;
import koinon.projects.call.Call.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallTest {

    private static final Actor SECRETARIAT = TestActors.secretariat(BEFORE_OPENING);

    /// The target state of every event from each state; other combinations are rejected.
    private static final Map<CallEvent, Map<State, State>> TRANSITIONS = Map.of(
            new CallEvent.TermsChanged(CallFixture.terms()), Map.of(State.DRAFT, State.DRAFT),
            new CallEvent.CallPublished(1, CallFixture.terms()), Map.of(State.DRAFT, State.PUBLISHED),
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
        assertThatThrownBy(() -> call.change(CallFixture.terms(), CallFixture.FUNDS, city))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.publish(city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.decide(null, city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.archive(city)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> call.cancel("x", city)).isInstanceOf(AccessDenied.class);
    }

    @Test
    void publishing_freezes_the_terms_as_version_1() {
        Call call = CallFixture.published();

        assertThat(call.edition()).isEqualTo(1);
        assertThat(call.title()).isEqualTo("Crafts across borders");
        assertThat(call.events().getLast()).isEqualTo(new CallEvent.CallPublished(1, call.terms()));
        assertThatThrownBy(() -> call.change(CallFixture.terms(), CallFixture.FUNDS, SECRETARIAT))
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
