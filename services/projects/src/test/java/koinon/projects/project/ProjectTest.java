package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.AGREEMENT;
import static koinon.projects.project.ProjectFixture.AUDITOR;
import static koinon.projects.project.ProjectFixture.CEBU_SIGNATORY;
import static koinon.projects.project.ProjectFixture.CONTROLLER;
import static koinon.projects.project.ProjectFixture.FUND;
import static koinon.projects.project.ProjectFixture.HANOI_EDITOR;
import static koinon.projects.project.ProjectFixture.HANOI_SIGNATORY;
import static koinon.projects.project.ProjectFixture.ID;
import static koinon.projects.project.ProjectFixture.OFFICER;
import static koinon.projects.project.ProjectFixture.OTHER_AGREEMENT;
import static koinon.projects.project.ProjectFixture.OTHER_FUND;
import static koinon.projects.project.ProjectFixture.OTHER_OFFICER;
import static koinon.projects.project.ProjectFixture.SECOND_SECRETARIAT;
import static koinon.projects.project.ProjectFixture.SECRETARIAT;
import static koinon.projects.project.ProjectFixture.SYSTEM;
import static koinon.projects.project.ProjectFixture.person;
import static koinon.projects.project.agreement.KnownAgreement.State.CLOSED;
import static koinon.projects.project.agreement.KnownAgreement.State.IN_FORCE;
import static koinon.projects.project.agreement.KnownAgreement.State.OFFERED;
import static koinon.projects.project.agreement.KnownAgreement.State.REFUSED;
import static koinon.projects.project.agreement.KnownAgreement.State.RELEASED;
import static koinon.projects.project.agreement.KnownAgreement.State.RESERVED;
import static koinon.projects.project.agreement.KnownAgreement.State.SUSPENDED;
import static koinon.projects.project.agreement.KnownAgreement.State.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.city.KnownCity;
import koinon.projects.project.Project.State;
import koinon.projects.project.agreement.KnownAgreement;
import koinon.projects.project.event.ProjectEvent;
import koinon.projects.project.event.ProjectEvent.CompletionReversed;
import koinon.projects.project.event.ProjectEvent.PartnershipSigned;
import koinon.projects.project.event.ProjectEvent.ProjectClosed;
import koinon.projects.project.event.ProjectEvent.ProjectCompleted;
import koinon.projects.project.event.ProjectEvent.ProjectCreated;
import koinon.projects.project.event.ProjectEvent.ProjectResumed;
import koinon.projects.project.event.ProjectEvent.ProjectStarted;
import koinon.projects.project.event.ProjectEvent.ProjectSuspended;
import koinon.projects.project.event.ProjectEvent.ProjectTerminated;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTest {

    // From approval to start.

    @Test
    void an_approved_proposal_becomes_a_project_with_the_whole_approved_plan() {
        Project project = Project.placeholder(ID);
        project.approved(2, ProjectFixture.approvedPlan(), SYSTEM);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        assertThat(project.events()).containsExactly(new ProjectCreated(2, ProjectFixture.approvedPlan()));
        assertThat(project.milestones()).containsOnlyKeys("m1", "m2");
    }

    @Test
    void a_project_whose_agreements_were_received_first_is_a_placeholder_until_its_approval() {
        Project project = Project.placeholder(ID);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, RESERVED), SYSTEM);
        assertThat(project.state()).isEqualTo(State.PLACEHOLDER);
        assertThat(project.events()).isEmpty();
        project.approved(1, ProjectFixture.approvedPlan(), SYSTEM);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        assertThat(project.agreements()).containsEntry(AGREEMENT, ProjectFixture.known(FUND, RESERVED));
    }

    @Test
    void it_starts_at_the_last_signature_when_all_agreements_are_in_force() {
        Project project = ProjectFixture.in(State.CONTRACTING);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, IN_FORCE), SYSTEM);
        project.agreementChanged(OTHER_AGREEMENT, ProjectFixture.known(OTHER_FUND, IN_FORCE), SYSTEM);
        project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        project.sign("ph-cebu-city", ProjectFixture.admitted("ph-cebu-city"), CEBU_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
        assertThat(project.events()).endsWith(new PartnershipSigned("ph-cebu-city"), new ProjectStarted());
    }

    @Test
    void it_starts_at_the_last_agreement_in_force_when_all_have_signed() {
        Project project = ProjectFixture.in(State.CONTRACTING);
        project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY);
        project.sign("ph-cebu-city", ProjectFixture.admitted("ph-cebu-city"), CEBU_SIGNATORY);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, IN_FORCE), SYSTEM);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        project.agreementChanged(OTHER_AGREEMENT, ProjectFixture.known(OTHER_FUND, IN_FORCE), SYSTEM);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
        assertThat(project.events()).endsWith(new ProjectStarted());
    }

    @Test
    void an_agreement_in_force_before_the_approval_was_received_still_counts() {
        Project project = Project.placeholder(ID);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, IN_FORCE), SYSTEM);
        project.approved(1, ProjectFixture.approvedPlan("secretariat", "all", FUND), SYSTEM);
        project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY);
        project.sign("ph-cebu-city", ProjectFixture.admitted("ph-cebu-city"), CEBU_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void where_the_call_asks_for_the_first_agreement_one_in_force_is_enough() {
        Project project = Project.placeholder(ID);
        project.approved(1, ProjectFixture.approvedPlan("secretariat", "first", FUND, OTHER_FUND), SYSTEM);
        project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY);
        project.sign("ph-cebu-city", ProjectFixture.admitted("ph-cebu-city"), CEBU_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        project.agreementChanged(OTHER_AGREEMENT, ProjectFixture.known(OTHER_FUND, IN_FORCE), SYSTEM);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "first"})
    void without_a_grant_the_signatures_are_enough(String agreements) {
        Project project = Project.placeholder(ID);
        project.approved(1, ProjectFixture.approvedPlan("secretariat", agreements), SYSTEM);
        project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY);
        project.sign("ph-cebu-city", ProjectFixture.admitted("ph-cebu-city"), CEBU_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void an_agreement_that_is_only_offered_starts_nothing() {
        Project project = Project.placeholder(ID);
        project.approved(1, ProjectFixture.approvedPlan("secretariat", "all", FUND), SYSTEM);
        project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY);
        project.sign("ph-cebu-city", ProjectFixture.admitted("ph-cebu-city"), CEBU_SIGNATORY);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, OFFERED), SYSTEM);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
    }

    @Test
    void only_a_citys_own_signatory_signs_for_it() {
        Project project = ProjectFixture.in(State.CONTRACTING);
        assertThatThrownBy(() -> project.sign("ph-cebu-city", ProjectFixture.admitted("ph-cebu-city"), HANOI_SIGNATORY))
                .isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_EDITOR))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void a_city_that_is_no_partner_does_not_sign() {
        Project project = ProjectFixture.in(State.CONTRACTING);
        Actor singapore = person("singapore-signatory", "city-signatory@city/sg-singapore");
        assertRule(
                "not-a-partner",
                () -> project.sign("sg-singapore", ProjectFixture.admitted("sg-singapore"), singapore));
    }

    @Test
    void a_city_that_has_left_does_not_sign_and_the_project_can_still_be_terminated() {
        Project project = ProjectFixture.in(State.CONTRACTING);
        KnownCity left = new KnownCity("vn-hanoi", "Hà Nội", null, null, null, KnownCity.State.LEFT, null);
        assertRule("city-left", () -> project.sign("vn-hanoi", left, HANOI_SIGNATORY));
        project.terminate("The lead has left.", SECRETARIAT);
    }

    @Test
    void nobody_signs_twice() {
        Project project = ProjectFixture.in(State.CONTRACTING);
        project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY);
        assertRule(
                "already-signed", () -> project.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY));
    }

    // From start to end.

    @Test
    void an_active_project_is_suspended_and_resumed() {
        Project project = ProjectFixture.in(State.ACTIVE);
        project.suspend("Flood.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.SUSPENDED);
        assertThat(project.events()).endsWith(new ProjectSuspended("Flood."));
        project.resume("The water is gone.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
        assertThat(project.events()).endsWith(new ProjectResumed("The water is gone."));
    }

    @Test
    void it_is_completed_once_every_milestone_is_verified() {
        Project project = ProjectFixture.in(State.ACTIVE);
        ProjectFixture.verifyAll(project);
        project.complete("All done.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.COMPLETED);
        assertThat(project.events()).endsWith(new ProjectCompleted("All done."));
    }

    @Test
    void it_is_not_completed_while_a_milestone_is_open_and_the_refusal_names_it() {
        Project project = ProjectFixture.with(MilestoneProgress.State.VERIFIED);
        RuleViolation refused = catchThrowableOfType(RuleViolation.class, () -> project.complete("Done.", SECRETARIAT));
        assertThat(refused.rule()).isEqualTo("milestones-open");
        assertThat(refused).hasMessageContaining("m2 (PLANNED)");
        assertThat(refused.getMessage()).doesNotContain("m1");
    }

    @Test
    void the_role_that_the_call_names_completes_it_and_no_other() {
        Project project = Project.placeholder(ID);
        project.approved(1, ProjectFixture.approvedPlan("controller", "all", FUND, OTHER_FUND), SYSTEM);
        ProjectFixture.contract(project);
        assertThatThrownBy(() -> project.complete("Done.", SECRETARIAT)).isInstanceOf(AccessDenied.class);
        assertRule("milestones-open", () -> project.complete("Done.", CONTROLLER));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"CONTRACTING", "ACTIVE", "SUSPENDED"})
    void a_project_that_has_not_ended_may_be_terminated(State state) {
        Project project = ProjectFixture.in(state);
        project.terminate("The lead left.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.TERMINATED);
        assertThat(project.events()).endsWith(new ProjectTerminated("The lead left."));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"COMPLETED", "TERMINATED"})
    void it_is_closed_once_its_agreements_are(State state) {
        Project project = ProjectFixture.in(state);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, CLOSED), SYSTEM);
        project.agreementChanged(OTHER_AGREEMENT, ProjectFixture.known(OTHER_FUND, REFUSED), SYSTEM);
        project.close("Nothing open.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.CLOSED);
        assertThat(project.events()).endsWith(new ProjectClosed("Nothing open."));
    }

    @ParameterizedTest
    @EnumSource(
            value = KnownAgreement.State.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLOSED", "RELEASED", "REFUSED"})
    void it_is_not_closed_while_an_agreement_is_open_and_the_refusal_names_it(KnownAgreement.State state) {
        Project project = ProjectFixture.in(State.COMPLETED);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, state), SYSTEM);
        project.agreementChanged(OTHER_AGREEMENT, ProjectFixture.known(OTHER_FUND, CLOSED), SYSTEM);
        RuleViolation refused = catchThrowableOfType(RuleViolation.class, () -> project.close("Done.", SECRETARIAT));
        assertThat(refused.rule()).isEqualTo("agreements-open");
        assertThat(refused).hasMessageContaining(AGREEMENT).hasMessageContaining(state.name());
        assertThat(refused.getMessage()).doesNotContain(OTHER_AGREEMENT);
    }

    @Test
    void it_is_not_closed_while_an_agreement_that_it_should_have_is_unknown() {
        Project project = ProjectFixture.in(State.CONTRACTING);
        project.terminate("The lead left.", SECRETARIAT);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, RELEASED), SYSTEM);
        RuleViolation refused = catchThrowableOfType(RuleViolation.class, () -> project.close("Done.", SECRETARIAT));
        assertThat(refused).hasMessageContaining(OTHER_FUND);
    }

    @Test
    void a_suspended_agreement_stays_in_force_for_the_start() {
        assertThat(ProjectFixture.known(FUND, SUSPENDED).isInForce()).isTrue();
        assertThat(ProjectFixture.known(FUND, TERMINATED).isInForce()).isFalse();
    }

    @Test
    void who_may_act_for_a_partner_city_decides_nothing_here_under_any_mandate() {
        Actor both = person("both", "secretariat@network", "city-editor@city/ph-cebu-city");
        Project project = ProjectFixture.in(State.ACTIVE);
        assertRule("partner-mandate", () -> project.suspend("Flood.", both));
        assertRule("partner-mandate", () -> project.terminate("Flood.", both));
        assertRule("partner-mandate", () -> project.complete("Done.", both));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_command_in_a_state_that_does_not_allow_it_is_refused_and_changes_nothing(
            String command, State state, Consumer<Project> what) {
        Project project = ProjectFixture.in(state);
        List<ProjectEvent> before = project.events();
        RuleViolation refused = catchThrowableOfType(RuleViolation.class, () -> what.accept(project));
        assertThat(refused).as(command).isNotNull();
        assertThat(refused.rule()).isEqualTo("wrong-state");
        assertThat(project.state()).isEqualTo(state);
        assertThat(project.events()).isEqualTo(before);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                        not(
                                "sign",
                                EnumSet.of(State.CONTRACTING),
                                it -> it.sign("vn-hanoi", ProjectFixture.admitted("vn-hanoi"), HANOI_SIGNATORY)),
                        not("report", EnumSet.of(State.ACTIVE), it -> it.report("m1", "Done.", HANOI_EDITOR)),
                        not("suspend", EnumSet.of(State.ACTIVE), it -> it.suspend("Flood.", SECRETARIAT)),
                        not("resume", EnumSet.of(State.SUSPENDED), it -> it.resume("Dry.", SECRETARIAT)),
                        not("complete", EnumSet.of(State.ACTIVE), it -> it.complete("Done.", SECRETARIAT)),
                        not(
                                "terminate",
                                EnumSet.of(State.CONTRACTING, State.ACTIVE, State.SUSPENDED),
                                it -> it.terminate("Left.", SECRETARIAT)),
                        not(
                                "close",
                                EnumSet.of(State.COMPLETED, State.TERMINATED),
                                it -> it.close("Done.", SECRETARIAT)))
                .flatMap(it -> it);
    }

    @Test
    void a_completion_is_reversed_by_another_person_until_a_balance_is_sent() {
        Project project = ProjectFixture.in(State.COMPLETED);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, IN_FORCE), SYSTEM);

        assertRule("separate-hands", () -> project.reverseCompletion("A mistake.", SECRETARIAT));
        project.trancheSent(AGREEMENT, "interim", true);
        project.trancheSent(AGREEMENT, "balance", true);
        assertRule("balance-sent", () -> project.reverseCompletion("A mistake.", SECOND_SECRETARIAT));
        project.trancheSent(AGREEMENT, "balance", false);
        project.reverseCompletion("A mistake.", SECOND_SECRETARIAT);

        assertThat(project.state()).isEqualTo(State.ACTIVE);
        assertThat(project.events()).endsWith(new CompletionReversed("A mistake."));
    }

    @Test
    void a_completion_that_closed_an_agreement_is_not_reversed() {
        Project project = ProjectFixture.in(State.COMPLETED);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, KnownAgreement.State.CLOSED), SYSTEM);

        assertRule("balance-sent", () -> project.reverseCompletion("A mistake.", SECOND_SECRETARIAT));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"COMPLETED", "PLACEHOLDER"},
            mode = EnumSource.Mode.EXCLUDE)
    void what_is_not_completed_has_no_completion_to_reverse(State state) {
        assertRule("wrong-state", () -> ProjectFixture.in(state).reverseCompletion("x", SECOND_SECRETARIAT));
    }

    private static Stream<Arguments> not(String command, Set<State> allowed, Consumer<Project> what) {
        return EnumSet.complementOf(EnumSet.copyOf(allowed)).stream().map(it -> Arguments.of(command, it, what));
    }

    // Visibility.

    @Test
    void partners_funders_and_the_network_see_all_of_it_and_others_do_not() {
        Project project = ProjectFixture.in(State.ACTIVE);
        assertThat(Stream.of(HANOI_EDITOR, CEBU_SIGNATORY, OFFICER, OTHER_OFFICER, SECRETARIAT, AUDITOR))
                .allMatch(it -> project.permissions().isOpenTo(it));
        assertThat(Stream.of(
                        person("nobody"),
                        person("bangkok-editor", "city-editor@city/th-bangkok"),
                        person("elsewhere", "funder-officer@funder/elsewhere")))
                .noneMatch(it -> project.permissions().isOpenTo(it));
    }

    @Test
    void a_funder_that_refused_sees_no_more_than_the_public() {
        Project project = ProjectFixture.in(State.CONTRACTING);
        project.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, REFUSED), SYSTEM);
        assertThat(project.permissions().isOpenTo(OFFICER)).isFalse();
    }

    static void assertRule(String rule, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    @Test
    void several_fitting_mandates_are_named_and_one_must_be_picked() {
        Actor both = person("both", "city-editor@city/vn-hanoi", "city-editor@city/ph-cebu-city");
        assertThatThrownBy(() -> ProjectFixture.in(State.ACTIVE).report("m1", "Done.", both))
                .isInstanceOf(ValidationFailed.class);
    }
}
