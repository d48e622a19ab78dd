package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.AGREEMENT;
import static koinon.projects.project.ProjectFixture.FUND;
import static koinon.projects.project.ProjectFixture.HANOI_SIGNATORY;
import static koinon.projects.project.ProjectFixture.OTHER_AGREEMENT;
import static koinon.projects.project.ProjectFixture.OTHER_FUND;
import static koinon.projects.project.ProjectFixture.SYSTEM;
import static koinon.projects.project.ProjectFixture.known;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import koinon.eventing.action.NextAction;
import koinon.eventing.test.NextActionLaw;
import koinon.projects.Role;
import koinon.projects.project.agreement.KnownAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What can be done next with a project, in every state of it and of its milestones.
class ProjectActionsTest {

    private static final NextActionLaw<Project> LAW = new NextActionLaw<Project>(
                    Map.of(
                            "partnership.sign", (it, city, by) -> it.sign(city, ProjectFixture.admitted(city), by),
                            "milestone.report", (it, id, by) -> it.report(id, "It took place.", by),
                            "milestone.verify", (it, id, by) -> it.verify(id, BigDecimal.ONE, null, by),
                            "postponement.agree", (it, _, by) -> it.agreeToPostponement("m1", "Yes.", by),
                            "postponement.refuse", (it, _, by) -> it.refusePostponement("m1", "No.", by),
                            "partnership.release", (it, id, by) -> it.release(id, "The lead can.", by),
                            "project.resume", (it, _, by) -> it.resume("It goes on.", by),
                            "project.complete", (it, _, by) -> it.complete("All is done.", by),
                            "project.close", (it, _, by) -> it.close("Nothing is open.", by)),
                    Map.of(),
                    it -> {
                        throw new AssertionError(it);
                    },
                    ProjectFixture.NOW)
            .withRights(
                    Role.SECRETARIAT.ofNetwork(),
                    Role.CITY_EDITOR.ofCity("elsewhere"),
                    Role.CITY_SIGNATORY.ofCity("elsewhere"));

    @ParameterizedTest
    @EnumSource
    void what_is_listed_is_possible_and_nothing_else_in_each_state(Project.State state) {
        LAW.holdsFor(() -> ProjectFixture.in(state));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_listed_is_possible_and_nothing_else_in_each_state_of_a_milestone(MilestoneProgress.State state) {
        LAW.holdsFor(() -> ProjectFixture.with(state));
    }

    @Test
    void a_requested_postponement_is_decided_by_another_person_and_agreed_to_until_its_day_has_passed() {
        LAW.holdsFor(ProjectActionsTest::postponementRequested);
        assertThat(postponementRequested().actions())
                .extracting(NextAction::action)
                .containsExactly("milestone.report", "postponement.agree", "postponement.refuse", "milestone.report");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTRACTING", "ACTIVE", "SUSPENDED"})
    void the_secretariat_decides_how_it_goes_on_without_a_partner_that_stepped_back(Project.State state) {
        LAW.holdsFor(() -> {
            Project it = ProjectFixture.in(state);
            it.stepBack("ph-cebu-city", "No budget.", ProjectFixture.CEBU_SIGNATORY);
            return it;
        });
    }

    private static Project postponementRequested() {
        Project it = ProjectFixture.in(Project.State.ACTIVE);
        it.requestPostponement("m1", LocalDate.parse("2026-08-01"), "Rain.", HANOI_SIGNATORY);
        return it;
    }

    @Test
    void a_project_is_completed_once_every_milestone_is_verified() {
        Project it = ProjectFixture.in(Project.State.ACTIVE);
        ProjectFixture.verifyAll(it);
        assertThat(it.actions()).extracting(NextAction::action).containsExactly("project.complete");
        LAW.holdsFor(() -> {
            Project verified = ProjectFixture.in(Project.State.ACTIVE);
            ProjectFixture.verifyAll(verified);
            return verified;
        });
    }

    @Test
    void a_completed_project_is_closed_once_no_agreement_is_open_which_it_hears() {
        Project it = ProjectFixture.in(Project.State.COMPLETED);
        assertThat(it.actions()).isEmpty();
        it.agreementChanged(AGREEMENT, known(FUND, KnownAgreement.State.CLOSED), SYSTEM);
        it.agreementChanged(OTHER_AGREEMENT, known(OTHER_FUND, KnownAgreement.State.RELEASED), SYSTEM);
        assertThat(it.actions()).extracting(NextAction::action).containsExactly("project.close");
    }

    @Test
    void an_action_begins_with_the_state_that_allows_it() {
        Project it = ProjectFixture.with(MilestoneProgress.State.REPORTED);
        assertThat(it.actions())
                .filteredOn(action -> action.action().equals("milestone.verify"))
                .extracting(NextAction::since)
                .containsExactly(ProjectFixture.NOW);
    }
}
