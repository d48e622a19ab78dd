package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.AGREEMENT;
import static koinon.projects.project.ProjectFixture.FUND;
import static koinon.projects.project.ProjectFixture.OTHER_AGREEMENT;
import static koinon.projects.project.ProjectFixture.OTHER_FUND;
import static koinon.projects.project.ProjectFixture.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.document.EventJson;
import koinon.projects.project.Project.State;
import koinon.projects.project.ProjectAgreementListener.Foreign;
import koinon.projects.project.ProjectAgreementListener.OfAgreement;
import koinon.projects.project.event.ProjectEvent;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A reaction never rejects an event, and raises only events that the state and the received facts allow.
class ReactionsInEveryStateTest {

    @ParameterizedTest
    @MethodSource("everyAgreementEventInEveryState")
    void the_state_of_an_agreement_is_stored_in_every_state_and_raises_only_events_that_the_state_allows(
            OfAgreement event, State state) {
        Project project = ProjectFixture.in(state);
        List<ProjectEvent> before = project.events();
        project.agreementChanged(AGREEMENT, event.known(), SYSTEM);
        assertThat(project.agreements().get(AGREEMENT).state())
                .isEqualTo(event.known().state());
        assertThat(project.events()).isEqualTo(before);
        assertThat(project.state()).isEqualTo(state);
    }

    static Stream<Arguments> everyAgreementEventInEveryState() {
        return Stream.<OfAgreement>of(
                        new OfAgreement.Requested(ProjectFixture.ID, FUND),
                        new OfAgreement.Reserved(ProjectFixture.ID, FUND, ProjectFixture.FUNDER),
                        new OfAgreement.Refused(ProjectFixture.ID, FUND),
                        new OfAgreement.Released(ProjectFixture.ID, FUND),
                        new OfAgreement.Offered(ProjectFixture.ID, FUND),
                        new OfAgreement.Declined(ProjectFixture.ID, FUND),
                        new OfAgreement.Signed(ProjectFixture.ID, FUND),
                        new OfAgreement.InForce(ProjectFixture.ID, FUND, ProjectFixture.FUNDER),
                        new OfAgreement.Suspended(ProjectFixture.ID, FUND),
                        new OfAgreement.Resumed(ProjectFixture.ID, FUND),
                        new OfAgreement.Terminated(ProjectFixture.ID, FUND),
                        new OfAgreement.Closed(ProjectFixture.ID, FUND))
                .flatMap(event -> Stream.of(State.values()).map(state -> Arguments.of(event, state)));
    }

    @Test
    void every_event_that_the_listener_reads_is_covered_here() {
        assertThat(everyAgreementEventInEveryState()
                        .<Class<?>>map(it -> it.get()[0].getClass())
                        .distinct())
                .containsExactlyInAnyOrder(OfAgreement.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void a_payment_at_the_bank_is_stored_in_every_state_and_raises_nothing(State state) {
        Project project = ProjectFixture.in(state);
        List<ProjectEvent> before = project.events();
        project.trancheSent(AGREEMENT, "balance", true);
        project.trancheSent(AGREEMENT, "balance", false);
        project.trancheSent("unheard", "balance", true);

        assertThat(project.events()).isEqualTo(before);
        assertThat(project.agreements()).doesNotContainKey("unheard");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void an_approval_creates_a_project_once_and_changes_no_existing_one(State state) {
        Project project = ProjectFixture.in(state);
        List<ProjectEvent> before = project.events();
        project.approved(1, ProjectFixture.approvedPlan(), SYSTEM);
        if (state == State.PLACEHOLDER) assertThat(project.state()).isEqualTo(State.CONTRACTING);
        else {
            assertThat(project.events()).isEqualTo(before);
            assertThat(project.state()).isEqualTo(state);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"SUSPENDED", "TERMINATED", "CLOSED", "COMPLETED"})
    void an_agreement_that_comes_into_force_late_does_not_restart_an_ended_project(State state) {
        Project project = ProjectFixture.in(state);
        project.agreementChanged(
                AGREEMENT, new OfAgreement.InForce(ProjectFixture.ID, FUND, ProjectFixture.FUNDER).known(), SYSTEM);
        project.agreementChanged(
                OTHER_AGREEMENT,
                new OfAgreement.InForce(ProjectFixture.ID, OTHER_FUND, ProjectFixture.OTHER_FUNDER).known(),
                SYSTEM);
        assertThat(project.state()).isEqualTo(state);
    }

    @Test
    void every_sample_of_an_agreements_events_can_be_read() {
        Contracts.readsAll("funding", Foreign.class, EventJson.mapper()::readValue);
    }

    @Test
    void every_sample_of_an_approval_can_be_read() {
        Contracts.readsAll("projects", ProjectProposalListener.Foreign.class, EventJson.mapper()::readValue);
    }
}
