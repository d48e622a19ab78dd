package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.HANOI_EDITOR;
import static koinon.projects.project.ProjectFixture.HANOI_SIGNATORY;
import static koinon.projects.project.ProjectFixture.SECRETARIAT;
import static koinon.projects.project.ProjectFixture.person;
import static koinon.projects.project.ProjectTest.assertRule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.project.MilestoneProgress.State;
import koinon.projects.project.event.ProjectEvent.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostponementTest {

    private static final LocalDate DUE = LocalDate.parse("2026-06-01");
    private static final LocalDate LATER = LocalDate.parse("2026-08-15");

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"PLANNED", "RETURNED"})
    void the_lead_asks_to_have_a_milestone_later_that_is_to_be_reported(State state) {
        Project project = ProjectFixture.with(state);
        project.requestPostponement("m1", LATER, "The hall is being repaired.", HANOI_SIGNATORY);
        assertThat(project.events()).endsWith(new PostponementRequested("m1", LATER, "The hall is being repaired."));
        assertThat(due(project)).as("nothing is decided yet").isEqualTo(DUE);
    }

    @Test
    void the_secretariat_agrees_and_the_milestone_is_due_on_the_day_that_was_asked_for() {
        Project project = asked();
        project.agreeToPostponement("m1", "There is no other hall.", SECRETARIAT);
        assertThat(project.events()).endsWith(new PostponementAgreed("m1", LATER, "There is no other hall."));
        assertThat(due(project)).isEqualTo(LATER);
        assertNothingIsOpen(project);
    }

    @Test
    void the_secretariat_refuses_and_the_milestone_stays_due_as_before() {
        Project project = asked();
        project.refusePostponement("m1", "It can take place in the open.", SECRETARIAT);
        assertThat(project.events()).endsWith(new PostponementRefused("m1", "It can take place in the open."));
        assertThat(due(project)).isEqualTo(DUE);
        assertNothingIsOpen(project);
    }

    @Test
    void the_lead_withdraws_what_it_asked_for() {
        Project project = asked();
        project.withdrawPostponement("m1", "The hall is ready.", HANOI_SIGNATORY);
        assertThat(project.events()).endsWith(new PostponementWithdrawn("m1", "The hall is ready."));
        assertThat(due(project)).isEqualTo(DUE);
        assertNothingIsOpen(project);
    }

    @Test
    void after_a_decision_it_is_asked_for_anew_from_the_day_that_holds() {
        Project project = asked();
        project.agreeToPostponement("m1", "There is no other hall.", SECRETARIAT);
        assertThatThrownBy(() -> ask(project, LATER)).isInstanceOf(ValidationFailed.class);
        ask(project, LATER.plusDays(1));
        project.refusePostponement("m1", "Not once more.", SECRETARIAT);
        assertThat(due(project)).isEqualTo(LATER);
    }

    @Test
    void each_milestone_has_its_own() {
        Project project = asked();
        project.requestPostponement("m2", LocalDate.parse("2026-12-31"), "The fair is moved.", HANOI_SIGNATORY);
        project.refusePostponement("m1", "It can take place in the open.", SECRETARIAT);
        assertThat(project.milestones().get("m2").postponement()).isNotNull();
    }

    @Test
    void one_that_is_open_is_not_asked_for_again() {
        assertRule("postponement-open", () -> ask(asked(), LATER.plusDays(1)));
    }

    @Test
    void a_postponement_that_was_not_requested_is_neither_decided_nor_withdrawn() {
        Project project = ProjectFixture.in(Project.State.ACTIVE);
        assertRule("no-postponement", () -> project.agreeToPostponement("m1", "Yes.", SECRETARIAT));
        assertRule("no-postponement", () -> project.refusePostponement("m1", "No.", SECRETARIAT));
        assertRule("no-postponement", () -> project.withdrawPostponement("m1", "Oh.", HANOI_SIGNATORY));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"REPORTED", "VERIFIED"})
    void a_milestone_that_is_reported_or_verified_is_not_postponed(State state) {
        assertRule("wrong-state", () -> ask(ProjectFixture.with(state), LATER));
    }

    @ParameterizedTest
    @EnumSource(
            value = Project.State.class,
            names = {"CONTRACTING", "SUSPENDED", "TERMINATED"})
    void only_an_active_project_postpones(Project.State state) {
        assertRule("wrong-state", () -> ask(ProjectFixture.in(state), LATER));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01, when it is due now",
        "2026-05-31, earlier than that",
        "2027-01-01, after the project's end",
    })
    void the_new_day_is_later_and_no_later_than_the_projects_end(LocalDate due, String why) {
        assertThatThrownBy(() -> ask(ProjectFixture.in(Project.State.ACTIVE), due))
                .as(why)
                .isInstanceOf(ValidationFailed.class);
    }

    @Test
    void the_projects_last_day_is_late_enough() {
        Project project = ProjectFixture.in(Project.State.ACTIVE);
        ask(project, LocalDate.parse("2026-12-31"));
        assertThat(project.milestones().get("m1").postponement()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"2026-07-10, true", "2026-07-11, false"})
    void a_day_that_has_passed_in_the_zone_of_the_call_is_not_asked_for(LocalDate due, boolean refused) {
        Project project = ProjectFixture.in(Project.State.ACTIVE);
        Actor late = new Actor(
                HANOI_SIGNATORY.id(), HANOI_SIGNATORY.mandates(), null, null, Instant.parse("2026-07-11T16:59:59Z"));
        if (refused)
            assertThatThrownBy(() -> project.requestPostponement("m1", due, "Late.", late))
                    .isInstanceOf(ValidationFailed.class);
        else project.requestPostponement("m1", due, "Late.", late);
    }

    @Test
    void a_day_that_passed_while_it_waited_is_refused_and_no_longer_agreed_to() {
        Project project = asked();
        Instant lastMoment = LATER.atTime(23, 59).atZone(project.zone()).toInstant();
        Actor inTime = new Actor(SECRETARIAT.id(), SECRETARIAT.mandates(), null, null, lastMoment);
        Actor late = new Actor(SECRETARIAT.id(), SECRETARIAT.mandates(), null, null, lastMoment.plusSeconds(60));

        assertRule("postponement-passed", () -> project.agreeToPostponement("m1", "Yes.", late));
        project.refusePostponement("m1", "Too late.", late);
        assertNothingIsOpen(project);
        Project another = asked();
        another.agreeToPostponement("m1", "Yes.", inTime);
        assertThat(another.milestones().get("m1").planned().due()).isEqualTo(LATER);
    }

    @Test
    void only_the_leads_signatory_asks_and_withdraws() {
        Project project = asked();
        for (Actor other : List.of(ProjectFixture.CEBU_SIGNATORY, HANOI_EDITOR, SECRETARIAT)) {
            assertRule("no-mandate", () -> project.requestPostponement("m2", LATER, "Late.", other));
            assertRule("no-mandate", () -> project.withdrawPostponement("m1", "Oh.", other));
        }
    }

    @Test
    void only_the_secretariat_decides_even_where_others_verify() {
        Project project = asked();
        for (Actor other :
                List.of(ProjectFixture.OFFICER, ProjectFixture.CONTROLLER, ProjectFixture.AUDITOR, HANOI_SIGNATORY)) {
            assertRule("no-mandate", () -> project.agreeToPostponement("m1", "Yes.", other));
            assertRule("no-mandate", () -> project.refusePostponement("m1", "No.", other));
        }
    }

    @Test
    void who_may_act_for_a_partner_city_does_not_decide_under_another_mandate() {
        Actor both = person("both", "secretariat@network", "city-editor@city/ph-cebu-city");
        assertRule("partner-mandate", () -> asked().agreeToPostponement("m1", "Yes.", both));
        assertRule("partner-mandate", () -> asked().refusePostponement("m1", "No.", both));
    }

    @Test
    void who_asked_does_not_decide_even_after_losing_the_mandate_for_the_city() {
        Actor turned = person(HANOI_SIGNATORY.id(), "secretariat@network");
        assertRule("separate-hands", () -> asked().agreeToPostponement("m1", "Yes.", turned));
        assertRule("separate-hands", () -> asked().refusePostponement("m1", "No.", turned));
    }

    @Test
    void it_lapses_when_the_milestone_is_reported() {
        Project project = asked();
        project.report("m1", "It took place.", HANOI_EDITOR);
        assertThat(project.events())
                .endsWith(
                        new PostponementLapsed("m1", "The milestone was reported."),
                        new MilestoneReported("m1", "It took place.", null));
        project.returnForCorrection("m1", "No photos.", SECRETARIAT);
        assertNothingIsOpen(project);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_lapses_when_the_project_is_terminated(boolean suspended) {
        Project project = asked();
        if (suspended) project.suspend("The city council was dissolved.", SECRETARIAT);
        project.terminate("The lead has left the network.", SECRETARIAT);
        assertThat(project.events())
                .endsWith(
                        new PostponementLapsed("m1", "The project is terminated."),
                        new ProjectTerminated("The lead has left the network."));
        assertNothingIsOpen(project);
    }

    @Test
    void it_waits_while_the_project_is_suspended_and_is_decided_afterwards() {
        Project project = asked();
        project.suspend("The city council was dissolved.", SECRETARIAT);
        assertRule("wrong-state", () -> project.agreeToPostponement("m1", "Yes.", SECRETARIAT));
        assertRule("wrong-state", () -> project.refusePostponement("m1", "No.", SECRETARIAT));
        assertRule("wrong-state", () -> project.withdrawPostponement("m1", "Oh.", HANOI_SIGNATORY));
        project.resume("A new council has confirmed it.", SECRETARIAT);
        project.agreeToPostponement("m1", "Yes.", SECRETARIAT);
        assertThat(due(project)).isEqualTo(LATER);
    }

    @Test
    void a_project_whose_dates_moved_is_completed_as_any_other() {
        Project project = asked();
        project.agreeToPostponement("m1", "There is no other hall.", SECRETARIAT);
        ProjectFixture.verifyAll(project);
        project.complete("All work is done.", SECRETARIAT);
        assertThat(project.milestones().get("m1").achieved()).isEqualByComparingTo(BigDecimal.ONE);
    }

    private static Project asked() {
        Project project = ProjectFixture.in(Project.State.ACTIVE);
        ask(project, LATER);
        return project;
    }

    private static void ask(Project project, LocalDate due) {
        project.requestPostponement("m1", due, "The hall is being repaired.", HANOI_SIGNATORY);
    }

    private static LocalDate due(Project project) {
        return project.milestones().get("m1").planned().due();
    }

    private static void assertNothingIsOpen(Project project) {
        assertThat(project.milestones().get("m1").postponement()).isNull();
    }
}
