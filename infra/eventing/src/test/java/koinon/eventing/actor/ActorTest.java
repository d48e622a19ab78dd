package koinon.eventing.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import koinon.eventing.model.Position;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActorTest {

    private static final Mandate OWN = new Mandate("m1", "keeper", "house/1", null, null, null);
    private static final Mandate FOR_BOB = new Mandate("m2", "keeper", "house/1", null, null, "bob");
    private static final Mandate OTHER = new Mandate("m3", "guest", "house/2", null, null, null);

    private static Actor anna(@Nullable String chosen, Mandate... mandates) {
        return new Actor("anna", List.of(mandates), chosen, null, Instant.parse("2026-05-04T12:00:00Z"));
    }

    @Test
    void the_one_fitting_mandate_is_acted_under() {
        assertThat(anna(null, OWN, OTHER).as(Right.of("keeper@house/1")).acting())
                .isEqualTo(OWN);
        assertThat(anna(null, OTHER)
                        .as(Right.of("keeper@house/1"), Right.of("guest@house/2"))
                        .acting())
                .isEqualTo(OTHER);
    }

    @Test
    void without_a_fitting_mandate_it_is_forbidden() {
        assertThatThrownBy(() -> anna(null, OTHER).as(Right.of("keeper@house/1")))
                .isInstanceOfSatisfying(
                        AccessDenied.class, it -> assertThat(it.rule()).isEqualTo("no-mandate"))
                .hasMessage("This needs a mandate as keeper@house/1.");
    }

    @Test
    void of_several_that_fit_the_caller_must_choose_and_they_are_named() {
        assertThatThrownBy(() -> anna(null, OWN, FOR_BOB).as(Right.of("keeper@house/1")))
                .isInstanceOf(ValidationFailed.class)
                .hasMessageContaining("m1 (keeper@house/1), m2 (keeper@house/1)");
        assertThat(anna("m2", OWN, FOR_BOB).as(Right.of("keeper@house/1")).acting())
                .isEqualTo(FOR_BOB);
    }

    @Test
    void a_chosen_mandate_that_does_not_fit_is_forbidden() {
        assertThatThrownBy(() -> anna("m3", OWN, OTHER).as(Right.of("keeper@house/1")))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void whoever_did_the_other_step_is_refused_and_nobody_else() {
        assertThatThrownBy(() -> anna(null).mustNotBe(List.of("anna"), "do", "Someone else does this."))
                .isInstanceOfSatisfying(
                        AccessDenied.class, it -> assertThat(it.rule()).isEqualTo("separate-hands"));
        anna(null).mustNotBe(List.of("bob"), "do", "Someone else does this.");
        anna(null).mustNotBe(List.of(), "do", "Someone else does this.");
    }

    @Test
    void a_substitute_counts_as_the_person_it_stands_in_for() {
        Actor forBob = anna(null, FOR_BOB).as(Right.of("keeper@house/1"));

        assertThat(forBob.hands()).containsExactly("anna", "bob");
        assertThatThrownBy(() -> forBob.mustNotBe(List.of("bob"), "do", "Someone else does this."))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> anna(null).mustNotBe(forBob.hands(), "do", "Someone else does this."))
                .isInstanceOf(AccessDenied.class);
        assertThat(anna(null, OWN).as(Right.of("keeper@house/1")).hands()).containsExactly("anna");
    }

    @Test
    void a_step_is_open_to_who_holds_the_right_with_separate_hands() {
        Set<Right> keeper = Set.of(Right.of("keeper@house/1"));

        assertThat(anna(null, FOR_BOB).holdsApartFrom(List.of("bob"), keeper)).isFalse();
        assertThat(anna(null, OWN, FOR_BOB).holdsApartFrom(List.of("bob"), keeper))
                .isTrue();
        assertThat(anna(null, OWN).holdsApartFrom(List.of("anna"), keeper)).isFalse();
        assertThat(anna(null, OTHER).holdsApartFrom(List.of(), keeper)).isFalse();
    }

    @Test
    void every_mandate_counts_whichever_is_acted_under() {
        assertThat(anna("m1", OWN, OTHER).holdsAnyFor(Set.of("house/2"))).isTrue();
        assertThat(anna("m1", OWN).holdsAnyFor(Set.of("house/2"))).isFalse();
    }

    @Test
    void a_mandate_holds_from_its_first_to_its_last_day() {
        LocalDate first = LocalDate.of(2026, 1, 1);
        LocalDate last = LocalDate.of(2026, 1, 31);
        Mandate january = new Mandate("m", "keeper", "house/1", first, last, null);
        assertThat(january.holdsOn(first) && january.holdsOn(last)).isTrue();
        assertThat(january.holdsOn(first.minusDays(1)) || january.holdsOn(last.plusDays(1)))
                .isFalse();
    }

    @Test
    void a_position_is_read_as_it_is_written_and_nothing_else_is_one() {
        assertThat(Position.parse("tally/a-1/7")).isEqualTo(new Position("tally/a-1", 7));
        for (String wrong : List.of("", "tally/a-1", "tally/a-1/0", "tally//1", "tally/a/x", "../a/1", "tally/a/1/1"))
            assertThatThrownBy(() -> Position.parse(wrong)).isInstanceOf(ValidationFailed.class);
    }
}
