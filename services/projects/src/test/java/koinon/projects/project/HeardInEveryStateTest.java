package koinon.projects.project;

import static koinon.projects.project.Stage.AGREEMENT;
import static koinon.projects.project.Stage.FUND;
import static koinon.projects.project.Stage.OTHER_AGREEMENT;
import static koinon.projects.project.Stage.OTHER_FUND;
import static koinon.projects.project.Stage.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import koinon.platform.document.EventJson;
import koinon.projects.project.AgreementListener.Foreign;
import koinon.projects.project.Project.State;
import koinon.testing.Contracts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A reaction never refuses, and raises only what its state and what it has heard allow.
class HeardInEveryStateTest {

    @ParameterizedTest
    @MethodSource("everyAgreementEventInEveryState")
    void what_an_agreement_says_is_kept_in_every_state_and_raises_nothing_that_does_not_fit(
            Foreign event, State state) {
        Project project = Stage.in(state);
        List<ProjectEvent> before = project.events();
        project.heard(AGREEMENT, event.known(), SYSTEM);
        assertThat(project.agreements()).containsEntry(AGREEMENT, event.known());
        assertThat(project.events()).isEqualTo(before);
        assertThat(project.state()).isEqualTo(state);
    }

    static Stream<Arguments> everyAgreementEventInEveryState() {
        return Stream.<Foreign>of(
                        new Foreign.Requested(Stage.ID, FUND),
                        new Foreign.Reserved(Stage.ID, FUND),
                        new Foreign.Refused(Stage.ID, FUND),
                        new Foreign.Released(Stage.ID, FUND),
                        new Foreign.Offered(Stage.ID, FUND),
                        new Foreign.Declined(Stage.ID, FUND),
                        new Foreign.Signed(Stage.ID, FUND),
                        new Foreign.InForce(Stage.ID, FUND),
                        new Foreign.Suspended(Stage.ID, FUND),
                        new Foreign.Resumed(Stage.ID, FUND),
                        new Foreign.Terminated(Stage.ID, FUND),
                        new Foreign.Closed(Stage.ID, FUND))
                .flatMap(event -> Stream.of(State.values()).map(state -> Arguments.of(event, state)));
    }

    @Test
    void every_event_that_the_listener_reads_is_played_here() {
        assertThat(everyAgreementEventInEveryState()
                        .<Class<?>>map(it -> it.get()[0].getClass())
                        .distinct())
                .containsExactlyInAnyOrder(Foreign.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void an_approval_makes_a_project_once_and_nothing_of_one_that_exists(State state) {
        Project project = Stage.in(state);
        List<ProjectEvent> before = project.events();
        project.approved(1, Stage.award(), SYSTEM);
        if (state == State.AWAITED) assertThat(project.state()).isEqualTo(State.CONTRACTING);
        else {
            assertThat(project.events()).isEqualTo(before);
            assertThat(project.state()).isEqualTo(state);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"SUSPENDED", "TERMINATED", "CLOSED", "COMPLETED"})
    void an_agreement_that_comes_into_force_late_revives_nothing(State state) {
        Project project = Stage.in(state);
        project.heard(AGREEMENT, new Foreign.InForce(Stage.ID, FUND).known(), SYSTEM);
        project.heard(OTHER_AGREEMENT, new Foreign.InForce(Stage.ID, OTHER_FUND).known(), SYSTEM);
        assertThat(project.state()).isEqualTo(state);
    }

    @Test
    void every_sample_of_an_agreements_events_can_be_read() {
        Contracts.readsAll("funding", Foreign.class, EventJson.mapper()::readValue);
    }

    @Test
    void every_sample_of_an_approval_can_be_read() {
        Contracts.readsAll("projects", ProposalListener.Foreign.class, EventJson.mapper()::readValue);
    }
}
