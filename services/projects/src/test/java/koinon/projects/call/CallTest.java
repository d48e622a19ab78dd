package koinon.projects.call;

import static koinon.projects.call.SomeCall.AFTER_CLOSING;
import static koinon.projects.call.SomeCall.BEFORE_OPENING;
import static koinon.projects.call.SomeCall.WHILE_OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.By;
import koinon.platform.model.Forbidden;
import koinon.platform.model.RuleBroken;
import koinon.projects.Someone;
import koinon.projects.call.Call.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallTest {

    private static final By SECRETARIAT = Someone.secretariat(BEFORE_OPENING);

    /// Every event, and where it leads from each state; what is not named is refused.
    private static final Map<CallEvent, Map<State, State>> LAW = Map.of(
            new CallEvent.TermsChanged(SomeCall.terms()), Map.of(State.DRAFT, State.DRAFT),
            new CallEvent.CallPublished(1, SomeCall.terms()), Map.of(State.DRAFT, State.PUBLISHED),
            new CallEvent.CallDecided(null), Map.of(State.PUBLISHED, State.DECIDED),
            new CallEvent.CallArchived(), Map.of(State.DECIDED, State.ARCHIVED),
            new CallEvent.CallCancelled("x"), Map.of(State.DRAFT, State.CANCELLED, State.PUBLISHED, State.CANCELLED));

    @ParameterizedTest
    @EnumSource(State.class)
    void each_event_happens_only_where_the_law_allows_it(State state) {
        LAW.forEach((event, allowed) -> {
            if (allowed.containsKey(state)) assertThat(state.after(event)).isEqualTo(allowed.get(state));
            else
                assertThatThrownBy(() -> state.after(event))
                        .isInstanceOfSatisfying(
                                RuleBroken.class, it -> assertThat(it.rule()).isEqualTo("wrong-state"));
        });
        Set<Class<?>> tried = LAW.keySet().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(tried).hasSize(CallEvent.class.getPermittedSubclasses().length - 1);
    }

    @Test
    void a_call_begins_as_a_draft() {
        Call call = SomeCall.draft();

        assertThat(call.events()).containsExactly(new CallEvent.CallDrafted("Crafts"));
        assertThat(call.state()).isEqualTo(State.DRAFT);
        assertThatThrownBy(call::terms).isInstanceOf(RuleBroken.class);
    }

    @Test
    void only_the_secretariat_does_anything_with_a_call() {
        By city = Someone.editor("vn-hanoi", WHILE_OPEN);
        Call call = SomeCall.published();

        assertThatThrownBy(() -> Call.draft("c", "x", city)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> call.change(SomeCall.terms(), SomeCall.FUNDS, city))
                .isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> call.publish(city)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> call.decide(null, city)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> call.archive(city)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> call.cancel("x", city)).isInstanceOf(Forbidden.class);
    }

    @Test
    void publishing_freezes_the_terms_as_version_1() {
        Call call = SomeCall.published();

        assertThat(call.edition()).isEqualTo(1);
        assertThat(call.title()).isEqualTo("Crafts across borders");
        assertThat(call.events().getLast()).isEqualTo(new CallEvent.CallPublished(1, call.terms()));
        assertThatThrownBy(() -> call.change(SomeCall.terms(), SomeCall.FUNDS, SECRETARIAT))
                .isInstanceOf(RuleBroken.class);
    }

    @Test
    void a_call_without_terms_is_not_published() {
        assertThatThrownBy(() -> SomeCall.draft().publish(SECRETARIAT))
                .isInstanceOfSatisfying(
                        RuleBroken.class, it -> assertThat(it.rule()).isEqualTo("no-terms"));
    }

    @Test
    void a_call_that_would_have_closed_is_not_published() {
        assertThatThrownBy(() -> SomeCall.written(SomeCall.terms()).publish(Someone.secretariat(AFTER_CLOSING)))
                .isInstanceOfSatisfying(
                        RuleBroken.class, it -> assertThat(it.rule()).isEqualTo("closes-in-the-past"));
    }

    @Test
    void a_call_is_decided_only_after_it_closed() {
        Call call = SomeCall.published();

        assertThatThrownBy(() -> call.decide(null, Someone.secretariat(WHILE_OPEN)))
                .isInstanceOfSatisfying(
                        RuleBroken.class, it -> assertThat(it.rule()).isEqualTo("call-not-closed"));
        call.decide("All are decided.", Someone.secretariat(AFTER_CLOSING));
        assertThat(call.state()).isEqualTo(State.DECIDED);
        assertThat(call.reason()).isEqualTo("All are decided.");
        call.archive(Someone.secretariat(AFTER_CLOSING));
        assertThat(call.state()).isEqualTo(State.ARCHIVED);
    }

    @Test
    void a_call_is_cancelled_with_a_reason() {
        Call call = SomeCall.cancelled();

        assertThat(call.state()).isEqualTo(State.CANCELLED);
        assertThat(call.reason()).isEqualTo("No money.");
        assertThat(call.isOpen(WHILE_OPEN)).isFalse();
    }

    static Stream<Call> a_call_that_is_not_published_is_never_open() {
        return Stream.of(SomeCall.written(SomeCall.terms()), SomeCall.decided(), SomeCall.cancelled());
    }

    @ParameterizedTest
    @MethodSource
    void a_call_that_is_not_published_is_never_open(Call call) {
        assertThat(call.isOpen(WHILE_OPEN)).isFalse();
    }

    @Test
    void it_is_open_from_its_first_to_before_its_last_moment_in_its_own_zone() {
        Call call = SomeCall.published();
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
