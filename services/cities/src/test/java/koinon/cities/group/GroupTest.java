package koinon.cities.group;

import static koinon.cities.group.GroupFixture.ASEAN;
import static koinon.cities.group.GroupFixture.EDITOR;
import static koinon.cities.group.GroupFixture.KNOWN;
import static koinon.cities.group.GroupFixture.SECRETARIAT;
import static koinon.cities.group.GroupFixture.SOURCE;
import static koinon.cities.group.GroupFixture.active;
import static koinon.cities.group.GroupFixture.asean;
import static koinon.cities.group.GroupFixture.designCities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import koinon.cities.GroupMembers;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
import koinon.cities.group.Group.State;
import koinon.cities.group.GroupEvent.*;
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

class GroupTest {

    private static final String WHY = "Its summit decided so.";

    @Test
    void a_group_of_countries_is_registered_under_an_id_of_its_name() {
        Group group = active();

        assertThat(group.id()).isEqualTo("asean");
        assertThat(group.state()).isEqualTo(State.ACTIVE);
        assertThat(group.events()).containsExactly(new GroupRegistered("ASEAN", asean()));
        assertThat(group.definition().members()).isEqualTo(new GroupMembers(ASEAN, List.of()));
    }

    @Test
    void a_group_of_cities_may_have_a_coordinator() {
        Group group = Group.register("Cities of Design", designCities(), KNOWN, SECRETARIAT);

        assertThat(group.id()).isEqualTo("cities-of-design");
        assertThat(group.definition().coordinator()).isEqualTo("au-geelong");
    }

    @Test
    void a_change_replaces_the_whole_definition_and_says_why() {
        Group group = Group.register("ASEAN", without("TL"), KNOWN, SECRETARIAT);
        group.change(asean(), KNOWN, "Timor-Leste became a member on 26 October 2025.", SECRETARIAT);

        assertThat(group.definition()).isEqualTo(asean());
        assertThat(group.reason()).isEqualTo("Timor-Leste became a member on 26 October 2025.");
        assertThat(group.events())
                .last()
                .isEqualTo(new GroupChanged(asean(), "Timor-Leste became a member on 26 October 2025."));
    }

    @Test
    void a_group_is_retired_and_reopened_and_keeps_its_members() {
        Group group = active();
        group.retire("It was dissolved.", SECRETARIAT);
        assertThat(group.state()).isEqualTo(State.RETIRED);
        assertThat(group.definition()).isEqualTo(asean());

        group.reopen("It was not.", SECRETARIAT);

        assertThat(group.state()).isEqualTo(State.ACTIVE);
        assertThat(group.reason()).isEqualTo("It was not.");
    }

    @Test
    void a_group_without_members_is_refused() {
        var none = new Definition(List.of(), List.of(), List.of(), null, SOURCE);

        assertInvalid(() -> Group.register("Nobody", none, KNOWN, SECRETARIAT), "/countries");
        assertInvalid(() -> active().change(none, KNOWN, WHY, SECRETARIAT), "/countries");
    }

    @Test
    void everything_that_is_wrong_with_a_group_is_named_where_it_is() {
        var wrong = new Definition(
                List.of(new LocalName("ASEAN", "English")),
                List.of("VN", "ZZ", "VN"),
                List.of("vn-ha-noi", "xx-nowhere"),
                "yy-nowhere",
                new Source(" ", null, "http://asean.org"));

        assertInvalid(
                () -> Group.register(" ", wrong, KNOWN, SECRETARIAT),
                "/name",
                "/otherNames/0/language",
                "/countries/1",
                "/countries/2",
                "/cities/1",
                "/coordinator",
                "/source/text",
                "/source/link");
        assertInvalid(() -> active().change(asean(), KNOWN, WHY, SECRETARIAT), "");
        assertInvalid(() -> active().change(designCities(), KNOWN, " ", SECRETARIAT), "/reason");
        assertInvalid(() -> active().retire(" ", SECRETARIAT), "/reason");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("refused")
    void what_does_not_fit_its_state_is_refused_and_changes_nothing(String what, State state, Consumer<Group> command) {
        Group group = GroupFixture.in(state);
        List<GroupEvent> before = group.events();

        assertThatThrownBy(() -> command.accept(group))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("wrong-state"));
        assertThat(group.state()).isEqualTo(state);
        assertThat(group.events()).isEqualTo(before);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("change", State.RETIRED, it -> it.change(designCities(), KNOWN, WHY, SECRETARIAT)),
                refused("retire", State.RETIRED, it -> it.retire(WHY, SECRETARIAT)),
                refused("reopen", State.ACTIVE, it -> it.reopen(WHY, SECRETARIAT)));
    }

    private static Arguments refused(String what, State state, Consumer<Group> command) {
        return Arguments.of(what, state, command);
    }

    @Test
    void nobody_but_the_secretariat_changes_a_group() {
        List<Consumer<Group>> commands = List.of(
                it -> it.change(designCities(), KNOWN, WHY, EDITOR),
                it -> it.retire(WHY, EDITOR),
                it -> it.reopen(WHY, EDITOR),
                it -> it.redact("ASEAN", WHY, EDITOR));

        assertThat(commands)
                .allSatisfy(it -> assertThatThrownBy(() -> it.accept(active())).isInstanceOf(AccessDenied.class));
        assertThatThrownBy(() -> Group.register("ASEAN", asean(), KNOWN, EDITOR))
                .isInstanceOf(AccessDenied.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_text_can_be_redacted_in_every_state_and_the_state_stays(State state) {
        Group group = GroupFixture.in(state);

        group.redact(SOURCE.text(), WHY, SECRETARIAT);

        assertThat(group.state()).isEqualTo(state);
        assertThat(group.definition().source().text()).isEqualTo(Redactions.MARK);
        assertThat(group.definition().countries()).isEqualTo(ASEAN);
        assertThat(group.events().getLast())
                .isEqualTo(new TextRedacted(Redactions.digest("asean", SOURCE.text()), WHY));
    }

    /// A group waits for nobody.
    @ParameterizedTest
    @EnumSource
    void nothing_is_listed_to_be_done_next(State state) {
        var law = new NextActionLaw<Group>(
                Map.of(),
                Map.of(),
                it -> {
                    throw new AssertionError(it);
                },
                GroupFixture.NOW);

        law.holdsFor(() -> GroupFixture.in(state));
        assertThat(GroupFixture.in(state).actions()).isEmpty();
    }

    private static Definition without(String country) {
        return new Definition(
                asean().otherNames(),
                ASEAN.stream().filter(it -> !it.equals(country)).toList(),
                List.of(),
                null,
                SOURCE);
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
