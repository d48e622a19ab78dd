package koinon.projects.project;

import static koinon.projects.project.KnownAgreement.Standing.CLOSED;
import static koinon.projects.project.KnownAgreement.Standing.IN_FORCE;
import static koinon.projects.project.KnownAgreement.Standing.OFFERED;
import static koinon.projects.project.KnownAgreement.Standing.REFUSED;
import static koinon.projects.project.KnownAgreement.Standing.RELEASED;
import static koinon.projects.project.KnownAgreement.Standing.RESERVED;
import static koinon.projects.project.KnownAgreement.Standing.SUSPENDED;
import static koinon.projects.project.KnownAgreement.Standing.TERMINATED;
import static koinon.projects.project.Stage.AGREEMENT;
import static koinon.projects.project.Stage.AUDITOR;
import static koinon.projects.project.Stage.CEBU_SIGNATORY;
import static koinon.projects.project.Stage.CONTROLLER;
import static koinon.projects.project.Stage.FUND;
import static koinon.projects.project.Stage.FUNDERS;
import static koinon.projects.project.Stage.HANOI_EDITOR;
import static koinon.projects.project.Stage.HANOI_SIGNATORY;
import static koinon.projects.project.Stage.ID;
import static koinon.projects.project.Stage.OFFICER;
import static koinon.projects.project.Stage.OTHER_AGREEMENT;
import static koinon.projects.project.Stage.OTHER_FUND;
import static koinon.projects.project.Stage.OTHER_OFFICER;
import static koinon.projects.project.Stage.SECRETARIAT;
import static koinon.projects.project.Stage.SYSTEM;
import static koinon.projects.project.Stage.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import koinon.platform.model.By;
import koinon.platform.model.Forbidden;
import koinon.platform.model.Invalid;
import koinon.platform.model.RuleBroken;
import koinon.projects.project.Project.State;
import koinon.projects.project.ProjectEvent.PartnershipSigned;
import koinon.projects.project.ProjectEvent.ProjectClosed;
import koinon.projects.project.ProjectEvent.ProjectCompleted;
import koinon.projects.project.ProjectEvent.ProjectCreated;
import koinon.projects.project.ProjectEvent.ProjectResumed;
import koinon.projects.project.ProjectEvent.ProjectStarted;
import koinon.projects.project.ProjectEvent.ProjectSuspended;
import koinon.projects.project.ProjectEvent.ProjectTerminated;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTest {

    // From approval to the start.

    @Test
    void an_approved_proposal_becomes_a_project_that_carries_the_whole_award() {
        Project project = Project.awaited(ID);
        project.approved(2, Stage.award(), SYSTEM);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        assertThat(project.events()).containsExactly(new ProjectCreated(2, Stage.award()));
        assertThat(project.milestones()).containsOnlyKeys("m1", "m2");
    }

    @Test
    void a_project_whose_agreements_were_heard_of_first_waits_for_its_approval_unseen() {
        Project project = Project.awaited(ID);
        project.heard(AGREEMENT, new KnownAgreement(FUND, RESERVED), SYSTEM);
        assertThat(project.state()).isEqualTo(State.AWAITED);
        assertThat(project.events()).isEmpty();
        project.approved(1, Stage.award(), SYSTEM);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        assertThat(project.agreements()).containsEntry(AGREEMENT, new KnownAgreement(FUND, RESERVED));
    }

    @Test
    void it_starts_at_the_last_signature_when_all_agreements_are_in_force() {
        Project project = Stage.in(State.CONTRACTING);
        project.heard(AGREEMENT, new KnownAgreement(FUND, IN_FORCE), SYSTEM);
        project.heard(OTHER_AGREEMENT, new KnownAgreement(OTHER_FUND, IN_FORCE), SYSTEM);
        project.sign("vn-hanoi", HANOI_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        project.sign("ph-cebu-city", CEBU_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
        assertThat(project.events()).endsWith(new PartnershipSigned("ph-cebu-city"), new ProjectStarted());
    }

    @Test
    void it_starts_at_the_last_agreement_in_force_when_all_have_signed() {
        Project project = Stage.in(State.CONTRACTING);
        project.sign("vn-hanoi", HANOI_SIGNATORY);
        project.sign("ph-cebu-city", CEBU_SIGNATORY);
        project.heard(AGREEMENT, new KnownAgreement(FUND, IN_FORCE), SYSTEM);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        project.heard(OTHER_AGREEMENT, new KnownAgreement(OTHER_FUND, IN_FORCE), SYSTEM);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
        assertThat(project.events()).endsWith(new ProjectStarted());
    }

    @Test
    void an_agreement_in_force_before_the_approval_was_heard_still_counts() {
        Project project = Project.awaited(ID);
        project.heard(AGREEMENT, new KnownAgreement(FUND, IN_FORCE), SYSTEM);
        project.approved(1, Stage.award("secretariat", "all", FUND), SYSTEM);
        project.sign("vn-hanoi", HANOI_SIGNATORY);
        project.sign("ph-cebu-city", CEBU_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void where_the_call_asks_for_the_first_agreement_one_in_force_is_enough() {
        Project project = Project.awaited(ID);
        project.approved(1, Stage.award("secretariat", "first", FUND, OTHER_FUND), SYSTEM);
        project.sign("vn-hanoi", HANOI_SIGNATORY);
        project.sign("ph-cebu-city", CEBU_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
        project.heard(OTHER_AGREEMENT, new KnownAgreement(OTHER_FUND, IN_FORCE), SYSTEM);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "first"})
    void without_a_grant_the_signatures_are_enough(String agreements) {
        Project project = Project.awaited(ID);
        project.approved(1, Stage.award("secretariat", agreements), SYSTEM);
        project.sign("vn-hanoi", HANOI_SIGNATORY);
        project.sign("ph-cebu-city", CEBU_SIGNATORY);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void an_agreement_that_is_only_offered_starts_nothing() {
        Project project = Project.awaited(ID);
        project.approved(1, Stage.award("secretariat", "all", FUND), SYSTEM);
        project.sign("vn-hanoi", HANOI_SIGNATORY);
        project.sign("ph-cebu-city", CEBU_SIGNATORY);
        project.heard(AGREEMENT, new KnownAgreement(FUND, OFFERED), SYSTEM);
        assertThat(project.state()).isEqualTo(State.CONTRACTING);
    }

    @Test
    void only_a_citys_own_signatory_signs_for_it() {
        Project project = Stage.in(State.CONTRACTING);
        assertThatThrownBy(() -> project.sign("ph-cebu-city", HANOI_SIGNATORY)).isInstanceOf(Forbidden.class);
        assertThatThrownBy(() -> project.sign("vn-hanoi", HANOI_EDITOR)).isInstanceOf(Forbidden.class);
    }

    @Test
    void a_city_that_is_no_partner_does_not_sign() {
        Project project = Stage.in(State.CONTRACTING);
        By singapore = person("singapore-signatory", "city-signatory@city/sg-singapore");
        assertRule("not-a-partner", () -> project.sign("sg-singapore", singapore));
    }

    @Test
    void nobody_signs_twice() {
        Project project = Stage.in(State.CONTRACTING);
        project.sign("vn-hanoi", HANOI_SIGNATORY);
        assertRule("already-signed", () -> project.sign("vn-hanoi", HANOI_SIGNATORY));
    }

    // From the start to the end.

    @Test
    void an_active_project_is_suspended_and_resumed() {
        Project project = Stage.in(State.ACTIVE);
        project.suspend("Flood.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.SUSPENDED);
        assertThat(project.events()).endsWith(new ProjectSuspended("Flood."));
        project.resume("The water is gone.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.ACTIVE);
        assertThat(project.events()).endsWith(new ProjectResumed("The water is gone."));
    }

    @Test
    void it_is_completed_once_every_milestone_is_verified() {
        Project project = Stage.in(State.ACTIVE);
        Stage.verifyAll(project);
        project.complete("All done.", FUNDERS, SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.COMPLETED);
        assertThat(project.events()).endsWith(new ProjectCompleted("All done."));
    }

    @Test
    void it_is_not_completed_while_a_milestone_is_open_and_the_refusal_names_it() {
        Project project = Stage.with(MilestoneProgress.State.VERIFIED);
        RuleBroken refused =
                catchThrowableOfType(RuleBroken.class, () -> project.complete("Done.", FUNDERS, SECRETARIAT));
        assertThat(refused.rule()).isEqualTo("milestones-open");
        assertThat(refused).hasMessageContaining("m2 (PLANNED)");
        assertThat(refused.getMessage()).doesNotContain("m1");
    }

    @Test
    void the_role_that_the_call_names_completes_it_and_no_other() {
        Project project = Project.awaited(ID);
        project.approved(1, Stage.award("controller", "all", FUND, OTHER_FUND), SYSTEM);
        Stage.contract(project);
        assertThatThrownBy(() -> project.complete("Done.", FUNDERS, SECRETARIAT))
                .isInstanceOf(Forbidden.class);
        assertRule("milestones-open", () -> project.complete("Done.", FUNDERS, CONTROLLER));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"CONTRACTING", "ACTIVE", "SUSPENDED"})
    void a_project_that_has_not_ended_may_be_terminated(State state) {
        Project project = Stage.in(state);
        project.terminate("The lead left.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.TERMINATED);
        assertThat(project.events()).endsWith(new ProjectTerminated("The lead left."));
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"COMPLETED", "TERMINATED"})
    void it_is_closed_once_its_agreements_are(State state) {
        Project project = Stage.in(state);
        project.heard(AGREEMENT, new KnownAgreement(FUND, CLOSED), SYSTEM);
        project.heard(OTHER_AGREEMENT, new KnownAgreement(OTHER_FUND, REFUSED), SYSTEM);
        project.close("Nothing open.", SECRETARIAT);
        assertThat(project.state()).isEqualTo(State.CLOSED);
        assertThat(project.events()).endsWith(new ProjectClosed("Nothing open."));
    }

    @ParameterizedTest
    @EnumSource(
            value = KnownAgreement.Standing.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLOSED", "RELEASED", "REFUSED"})
    void it_is_not_closed_while_an_agreement_is_open_and_the_refusal_names_it(KnownAgreement.Standing standing) {
        Project project = Stage.in(State.COMPLETED);
        project.heard(AGREEMENT, new KnownAgreement(FUND, standing), SYSTEM);
        project.heard(OTHER_AGREEMENT, new KnownAgreement(OTHER_FUND, CLOSED), SYSTEM);
        RuleBroken refused = catchThrowableOfType(RuleBroken.class, () -> project.close("Done.", SECRETARIAT));
        assertThat(refused.rule()).isEqualTo("agreements-open");
        assertThat(refused).hasMessageContaining(AGREEMENT).hasMessageContaining(standing.name());
        assertThat(refused.getMessage()).doesNotContain(OTHER_AGREEMENT);
    }

    @Test
    void it_is_not_closed_while_an_agreement_that_it_should_have_is_unheard_of() {
        Project project = Stage.in(State.CONTRACTING);
        project.terminate("The lead left.", SECRETARIAT);
        project.heard(AGREEMENT, new KnownAgreement(FUND, RELEASED), SYSTEM);
        RuleBroken refused = catchThrowableOfType(RuleBroken.class, () -> project.close("Done.", SECRETARIAT));
        assertThat(refused).hasMessageContaining(OTHER_FUND);
    }

    @Test
    void a_suspended_agreement_stays_in_force_for_the_start() {
        assertThat(new KnownAgreement(FUND, SUSPENDED).isInForce()).isTrue();
        assertThat(new KnownAgreement(FUND, TERMINATED).isInForce()).isFalse();
    }

    @Test
    void who_may_act_for_a_partner_city_decides_nothing_here_under_any_mandate() {
        By both = person("both", "secretariat@network", "city-editor@city/ph-cebu-city");
        Project project = Stage.in(State.ACTIVE);
        assertRule("partner-mandate", () -> project.suspend("Flood.", both));
        assertRule("partner-mandate", () -> project.terminate("Flood.", both));
        assertRule("partner-mandate", () -> project.complete("Done.", FUNDERS, both));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_command_in_a_state_that_does_not_allow_it_is_refused_and_changes_nothing(
            String command, State state, Consumer<Project> what) {
        Project project = Stage.in(state);
        List<ProjectEvent> before = project.events();
        RuleBroken refused = catchThrowableOfType(RuleBroken.class, () -> what.accept(project));
        assertThat(refused).as(command).isNotNull();
        assertThat(refused.rule()).isEqualTo("wrong-state");
        assertThat(project.state()).isEqualTo(state);
        assertThat(project.events()).isEqualTo(before);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                        not("sign", EnumSet.of(State.CONTRACTING), it -> it.sign("vn-hanoi", HANOI_SIGNATORY)),
                        not("report", EnumSet.of(State.ACTIVE), it -> it.report("m1", "Done.", HANOI_EDITOR)),
                        not("suspend", EnumSet.of(State.ACTIVE), it -> it.suspend("Flood.", SECRETARIAT)),
                        not("resume", EnumSet.of(State.SUSPENDED), it -> it.resume("Dry.", SECRETARIAT)),
                        not("complete", EnumSet.of(State.ACTIVE), it -> it.complete("Done.", FUNDERS, SECRETARIAT)),
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

    private static Stream<Arguments> not(String command, Set<State> allowed, Consumer<Project> what) {
        return EnumSet.complementOf(EnumSet.copyOf(allowed)).stream().map(it -> Arguments.of(command, it, what));
    }

    // Who sees it.

    @Test
    void partners_funders_and_the_network_see_all_of_it_and_others_do_not() {
        Project project = Stage.in(State.ACTIVE);
        assertThat(Stream.of(HANOI_EDITOR, CEBU_SIGNATORY, OFFICER, OTHER_OFFICER, SECRETARIAT, AUDITOR))
                .allMatch(it -> project.hands().isOpenTo(it, FUNDERS));
        assertThat(Stream.of(
                        person("nobody"),
                        person("bangkok-editor", "city-editor@city/th-bangkok"),
                        person("elsewhere", "funder-officer@funder/elsewhere")))
                .noneMatch(it -> project.hands().isOpenTo(it, FUNDERS));
    }

    @Test
    void a_funder_that_refused_sees_no_more_than_the_public() {
        Project project = Stage.in(State.CONTRACTING);
        project.heard(AGREEMENT, new KnownAgreement(FUND, REFUSED), SYSTEM);
        assertThat(project.hands().isOpenTo(OFFICER, FUNDERS)).isFalse();
    }

    static void assertRule(String rule, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RuleBroken.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    @Test
    void several_fitting_mandates_are_named_and_one_must_be_picked() {
        By both = person("both", "city-editor@city/vn-hanoi", "city-editor@city/ph-cebu-city");
        assertThatThrownBy(() -> Stage.in(State.ACTIVE).report("m1", "Done.", both))
                .isInstanceOf(Invalid.class);
    }
}
