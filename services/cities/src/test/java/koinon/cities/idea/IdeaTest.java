package koinon.cities.idea;

import static koinon.cities.idea.IdeaFixture.CEBU;
import static koinon.cities.idea.IdeaFixture.CEBU_EDITOR;
import static koinon.cities.idea.IdeaFixture.FORUM;
import static koinon.cities.idea.IdeaFixture.HANOI;
import static koinon.cities.idea.IdeaFixture.HANOI_EDITOR;
import static koinon.cities.idea.IdeaFixture.ID;
import static koinon.cities.idea.IdeaFixture.SECRETARIAT;
import static koinon.cities.idea.IdeaFixture.dropped;
import static koinon.cities.idea.IdeaFixture.facts;
import static koinon.cities.idea.IdeaFixture.person;
import static koinon.cities.idea.IdeaFixture.raised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import koinon.cities.Participant;
import koinon.cities.Participant.Standing;
import koinon.cities.gathering.programme.Occasion;
import koinon.cities.idea.Idea.State;
import koinon.cities.idea.IdeaEvent.*;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.test.NextActionLaw;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class IdeaTest {

    private static final String WHY = "It named a person who did not agree to it.";

    @Test
    void a_city_raises_an_idea_in_a_session_of_a_gathering() {
        Idea idea = raised();

        assertThat(idea.state()).isEqualTo(State.RAISED);
        assertThat(idea.events()).containsExactly(facts("Design", List.of("crafts"), "opening"));
        assertThat(idea.session()).isEqualTo("opening");
    }

    @Test
    void an_idea_may_be_of_no_session_and_of_no_field() {
        Idea idea = Idea.raise(ID, facts(null, List.of(), null), HANOI, FORUM, HANOI_EDITOR);

        assertThat(idea.field()).isNull();
        assertThat(idea.session()).isNull();
    }

    @Test
    void everything_that_is_wrong_with_an_idea_is_named() {
        var wrong = new IdeaRaised(" ", "", HANOI.id(), "Opera", List.of(""), "elsewhere", null);

        assertInvalid(
                () -> Idea.raise(ID, wrong, HANOI, null, HANOI_EDITOR),
                "/title",
                "/text",
                "/field",
                "/themes/0",
                "/gathering");
        assertInvalid(() -> Idea.raise(ID, facts(null, List.of(), "closing"), HANOI, FORUM, HANOI_EDITOR), "/session");
        assertInvalid(() -> Idea.raise(ID, facts(null, List.of(), null), null, FORUM, HANOI_EDITOR), "/city");
    }

    @Test
    void a_city_that_left_or_is_a_candidate_raises_no_idea() {
        var left = new Participant(HANOI.id(), "Hà Nội", Standing.LEFT);
        var candidate = new Participant(HANOI.id(), "Hà Nội", Standing.CANDIDATE);

        assertRefused(() -> Idea.raise(ID, facts(null, List.of(), null), left, FORUM, HANOI_EDITOR), "city-left");
        assertRefused(
                () -> Idea.raise(ID, facts(null, List.of(), null), candidate, FORUM, HANOI_EDITOR), "city-candidate");
    }

    @Test
    void no_idea_is_raised_in_a_gathering_that_was_cancelled() {
        var cancelled = new Occasion(FORUM.id(), true, Set.of());

        assertRefused(
                () -> Idea.raise(ID, facts(null, List.of(), null), HANOI, cancelled, HANOI_EDITOR),
                "gathering-cancelled");
    }

    @Test
    void other_cities_show_their_interest_and_withdraw_it() {
        Idea idea = raised();

        idea.showInterest(CEBU.id(), CEBU, CEBU_EDITOR);
        idea.showInterest(CEBU.id(), CEBU, CEBU_EDITOR);
        assertThat(idea.interested()).containsExactly(CEBU.id());
        assertThat(idea.events()).hasSize(2).last().isEqualTo(new InterestShown(CEBU.id()));
        idea.withdrawInterest(CEBU.id(), CEBU_EDITOR);

        assertThat(idea.interested()).isEmpty();
        assertThat(idea.events().getLast()).isEqualTo(new InterestWithdrawn(CEBU.id()));
        assertRefused(() -> idea.withdrawInterest(CEBU.id(), CEBU_EDITOR), "no-interest");
    }

    @Test
    void neither_the_city_that_raised_it_nor_one_that_left_shows_interest() {
        var left = new Participant(CEBU.id(), "Cebu City", Standing.LEFT);

        assertRefused(() -> raised().showInterest(HANOI.id(), HANOI, HANOI_EDITOR), "own-idea");
        assertRefused(() -> raised().showInterest(CEBU.id(), left, CEBU_EDITOR), "city-left");
    }

    @Test
    void it_is_dropped_and_raised_again_with_a_reason_and_keeps_who_is_interested() {
        Idea idea = dropped();
        assertThat(idea.state()).isEqualTo(State.DROPPED);
        assertThat(idea.reason()).isEqualTo("Nobody has the money for it.");

        idea.raiseAgain("A fund was opened for it.", SECRETARIAT);

        assertThat(idea.state()).isEqualTo(State.RAISED);
        assertThat(idea.events().getLast()).isEqualTo(new IdeaRaisedAgain("A fund was opened for it."));
        assertThat(idea.interested()).containsExactly(CEBU.id());
        assertInvalid(() -> raised().drop(" ", SECRETARIAT), "/reason");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("refused")
    void what_does_not_fit_its_state_is_refused_and_changes_nothing(String what, State state, Consumer<Idea> command) {
        Idea idea = IdeaFixture.in(state);
        List<IdeaEvent> before = idea.events();

        assertRefused(() -> command.accept(idea), "wrong-state");
        assertThat(idea.state()).isEqualTo(state);
        assertThat(idea.events()).isEqualTo(before);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("show interest", State.DROPPED, it -> it.showInterest(CEBU.id(), CEBU, CEBU_EDITOR)),
                refused("withdraw interest", State.DROPPED, it -> it.withdrawInterest(CEBU.id(), CEBU_EDITOR)),
                refused("drop", State.DROPPED, it -> it.drop("why", SECRETARIAT)),
                refused("raise again", State.RAISED, it -> it.raiseAgain("why", SECRETARIAT)));
    }

    private static Arguments refused(String what, State state, Consumer<Idea> command) {
        return Arguments.of(what, state, command);
    }

    @Test
    void each_city_acts_for_itself_and_only_who_raised_it_or_the_secretariat_drops_it() {
        List<Consumer<Idea>> commands = List.of(
                it -> it.showInterest(CEBU.id(), CEBU, HANOI_EDITOR),
                it -> it.showInterest(CEBU.id(), CEBU, SECRETARIAT),
                it -> it.withdrawInterest(CEBU.id(), HANOI_EDITOR),
                it -> it.drop("why", CEBU_EDITOR),
                it -> it.raiseAgain("why", CEBU_EDITOR),
                it -> it.drop("why", person("s", "city-signatory", "city/vn-ha-noi")),
                it -> it.redact("Craft routes", WHY, HANOI_EDITOR));

        assertThat(commands)
                .allSatisfy(it -> assertThatThrownBy(() -> it.accept(raised())).isInstanceOf(AccessDenied.class));
        assertThatThrownBy(() -> Idea.raise(ID, facts(null, List.of(), null), HANOI, FORUM, CEBU_EDITOR))
                .isInstanceOf(AccessDenied.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_text_can_be_redacted_in_every_state_and_the_state_stays(State state) {
        Idea idea = IdeaFixture.in(state);

        idea.redact("Craft routes", WHY, SECRETARIAT);

        assertThat(idea.state()).isEqualTo(state);
        assertThat(idea.title()).isEqualTo(Redactions.MARK);
        assertThat(idea.events().getLast()).isEqualTo(new TextRedacted(Redactions.digest(ID, "Craft routes"), WHY));
    }

    /// An idea waits for nobody: whoever likes it takes it up with a proposal.
    @ParameterizedTest
    @EnumSource
    void nothing_is_listed_to_be_done_next(State state) {
        var law = new NextActionLaw<Idea>(
                Map.of(),
                Map.of(),
                it -> {
                    throw new AssertionError(it);
                },
                IdeaFixture.NOW);

        law.holdsFor(() -> IdeaFixture.in(state));
        assertThat(IdeaFixture.in(state).actions()).isEmpty();
    }

    private static void assertRefused(ThrowingCallable command, String rule) {
        assertThatThrownBy(command)
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
