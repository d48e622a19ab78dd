package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.HANOI_EDITOR;
import static koinon.projects.project.ProjectFixture.HANOI_SIGNATORY;
import static koinon.projects.project.ProjectFixture.OFFICER;
import static koinon.projects.project.ProjectFixture.OTHER_OFFICER;
import static koinon.projects.project.ProjectFixture.SECOND_SECRETARIAT;
import static koinon.projects.project.ProjectFixture.SECRETARIAT;
import static koinon.projects.project.ProjectFixture.SYSTEM;
import static koinon.projects.project.ProjectFixture.person;
import static koinon.projects.project.ProjectTest.assertRule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.Role;
import koinon.projects.project.MilestoneProgress.State;
import koinon.projects.project.agreement.KnownAgreement;
import koinon.projects.project.event.Evidence;
import koinon.projects.project.event.ProjectEvent.MilestoneReported;
import koinon.projects.project.event.ProjectEvent.MilestoneReturned;
import koinon.projects.project.event.ProjectEvent.MilestoneVerified;
import koinon.projects.project.event.ProjectEvent.VerificationWithdrawn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MilestoneTest {

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"PLANNED", "RETURNED"})
    void a_planned_or_returned_milestone_is_reported_by_a_partners_editor(State state) {
        Project project = ProjectFixture.with(state);
        project.report("m1", "It took place.", HANOI_EDITOR);
        assertThat(stateOf(project)).isEqualTo(State.REPORTED);
        assertThat(project.events()).endsWith(new MilestoneReported("m1", "It took place.", null));
    }

    @Test
    void a_reported_milestone_is_verified() {
        Project project = ProjectFixture.with(State.REPORTED);
        project.verify("m1", new BigDecimal("1.0000"), null, SECRETARIAT);
        assertThat(stateOf(project)).isEqualTo(State.VERIFIED);
        assertThat(project.events()).endsWith(new MilestoneVerified("m1", BigDecimal.ONE, null));
    }

    @Test
    void a_reported_milestone_is_verified_in_part_with_a_reason() {
        Project project = ProjectFixture.with(State.REPORTED);
        project.verify("m1", new BigDecimal("0.8125"), "13 of 16 workshops.", SECRETARIAT);
        assertThat(project.events())
                .endsWith(new MilestoneVerified("m1", new BigDecimal("0.8125"), "13 of 16 workshops."));
    }

    @Test
    void a_reported_milestone_is_returned() {
        Project project = ProjectFixture.with(State.REPORTED);
        project.returnForCorrection("m1", "No photos.", SECRETARIAT);
        assertThat(stateOf(project)).isEqualTo(State.RETURNED);
        assertThat(project.events()).endsWith(new MilestoneReturned("m1", "No photos."));
    }

    @Test
    void a_verification_is_withdrawn_by_another_person() {
        Project project = ProjectFixture.with(State.VERIFIED);
        project.withdrawVerification("m1", "The photos are old.", SECOND_SECRETARIAT);
        assertThat(stateOf(project)).isEqualTo(State.RETURNED);
        assertThat(project.milestones().get("m1").achieved()).isNull();
        assertThat(project.events()).endsWith(new VerificationWithdrawn("m1", "The photos are old."));
    }

    @Test
    void who_verified_does_not_withdraw_it() {
        Project project = ProjectFixture.with(State.VERIFIED);
        assertRule("separate-hands", () -> project.withdrawVerification("m1", "Oh.", SECRETARIAT));
    }

    @Test
    void nobody_who_ever_reported_it_verifies_it() {
        Project project = ProjectFixture.with(State.PLANNED);
        Actor first = person("x-1", "city-editor@city/vn-hanoi");
        project.report("m1", "It took place.", first);
        project.returnForCorrection("m1", "No photos.", SECRETARIAT);
        project.report("m1", "With photos.", HANOI_EDITOR);

        Actor later = person("x-1", "secretariat@network");
        assertRule("separate-hands", () -> project.verify("m1", BigDecimal.ONE, null, later));
        assertRule("separate-hands", () -> project.returnForCorrection("m1", "No.", later));
        project.verify("m1", BigDecimal.ONE, null, SECRETARIAT);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"REPORTED", "VERIFIED"})
    void a_milestone_that_is_reported_or_verified_is_not_reported_again(State state) {
        assertRule("wrong-state", () -> ProjectFixture.with(state).report("m1", "Again.", HANOI_EDITOR));
    }

    @Test
    void only_a_reported_milestone_is_verified_or_returned() {
        for (State state : EnumSet.complementOf(EnumSet.of(State.REPORTED))) {
            Project project = ProjectFixture.with(state);
            assertRule("wrong-state", () -> project.verify("m1", BigDecimal.ONE, null, SECRETARIAT));
            assertRule("wrong-state", () -> project.returnForCorrection("m1", "No.", SECRETARIAT));
        }
    }

    @Test
    void only_a_verification_is_withdrawn() {
        for (State state : EnumSet.complementOf(EnumSet.of(State.VERIFIED)))
            assertRule(
                    "wrong-state",
                    () -> ProjectFixture.with(state).withdrawVerification("m1", "No.", SECOND_SECRETARIAT));
    }

    @Test
    void a_completed_project_rests_on_its_verifications_so_none_is_withdrawn() {
        Project project = ProjectFixture.in(Project.State.COMPLETED);
        assertRule("wrong-state", () -> project.withdrawVerification("m1", "No.", SECOND_SECRETARIAT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.0001", "0.00001"})
    void the_part_achieved_is_from_0_to_1_in_four_decimals(String achieved) {
        assertThatThrownBy(() ->
                        ProjectFixture.with(State.REPORTED).verify("m1", new BigDecimal(achieved), "Why.", SECRETARIAT))
                .isInstanceOf(ValidationFailed.class);
    }

    @Test
    void a_part_needs_a_reason() {
        assertThatThrownBy(
                        () -> ProjectFixture.with(State.REPORTED).verify("m1", new BigDecimal("0.5"), " ", SECRETARIAT))
                .isInstanceOf(ValidationFailed.class);
    }

    @Test
    void an_unknown_milestone_is_refused() {
        Project project = ProjectFixture.in(Project.State.ACTIVE);
        assertRule("no-such-milestone", () -> project.report("m9", "Done.", HANOI_EDITOR));
        assertRule("no-such-milestone", () -> project.verify("m9", BigDecimal.ONE, null, SECRETARIAT));
    }

    @Test
    void a_city_that_is_no_partner_and_a_signatory_do_not_report() {
        Project project = ProjectFixture.in(Project.State.ACTIVE);
        assertRule("no-mandate", () -> project.report("m1", "Done.", person("b", "city-editor@city/th-bangkok")));
        assertRule("no-mandate", () -> project.report("m1", "Done.", HANOI_SIGNATORY));
    }

    @Test
    void who_may_act_for_a_partner_city_does_not_verify_under_another_mandate() {
        Actor both = person("both", "secretariat@network", "city-signatory@city/vn-hanoi");
        Project project = ProjectFixture.with(State.REPORTED);
        assertRule("partner-mandate", () -> project.verify("m1", BigDecimal.ONE, null, both));
        assertRule("partner-mandate", () -> project.returnForCorrection("m1", "No.", both));
    }

    @Test
    void its_reporter_does_not_verify_it_even_after_losing_the_mandate_for_the_city() {
        Project project = ProjectFixture.with(State.REPORTED);
        Actor turned = person(HANOI_EDITOR.id(), "secretariat@network");
        assertRule("separate-hands", () -> project.verify("m1", BigDecimal.ONE, null, turned));
        assertRule("separate-hands", () -> project.returnForCorrection("m1", "No.", turned));
    }

    @Test
    void where_the_call_names_a_funder_officer_one_of_any_funder_with_an_agreement_verifies() {
        for (Actor officer : new Actor[] {OFFICER, OTHER_OFFICER}) {
            Project project = verifiedByFunders();
            project.verify("m1", BigDecimal.ONE, null, officer);
            assertThat(stateOf(project)).isEqualTo(State.VERIFIED);
        }
    }

    @Test
    void where_the_call_names_a_funder_officer_no_other_verifies() {
        Project project = verifiedByFunders();
        Actor elsewhere = person("elsewhere", "funder-officer@funder/elsewhere");
        assertRule("no-mandate", () -> project.verify("m1", BigDecimal.ONE, null, SECRETARIAT));
        assertRule("no-mandate", () -> project.verify("m1", BigDecimal.ONE, null, elsewhere));
    }

    @Test
    void an_officer_verifies_only_once_an_event_has_named_the_funder() {
        Project project = verifiedBy("funder-officer");
        KnownAgreement unknown = KnownAgreement.of(ProjectFixture.FUND, null, KnownAgreement.State.REQUESTED);
        project.agreementChanged(ProjectFixture.AGREEMENT, unknown, SYSTEM);
        assertThatThrownBy(() -> project.permissions().verifier(OFFICER)).isInstanceOf(AccessDenied.class);
        project.agreementChanged(
                ProjectFixture.AGREEMENT,
                ProjectFixture.known(ProjectFixture.FUND, KnownAgreement.State.RESERVED),
                SYSTEM);
        project.agreementChanged(
                ProjectFixture.AGREEMENT,
                KnownAgreement.of(ProjectFixture.FUND, null, KnownAgreement.State.OFFERED),
                SYSTEM);
        assertThat(project.permissions().verifiers())
                .containsExactly(Role.FUNDER_OFFICER.ofFunder(ProjectFixture.FUNDER));
    }

    private static Project verifiedBy(String role) {
        Project project = Project.placeholder(ProjectFixture.ID);
        project.approved(
                1, ProjectFixture.approvedPlan(role, "all", ProjectFixture.FUND, ProjectFixture.OTHER_FUND), SYSTEM);
        return project;
    }

    private static Project verifiedByFunders() {
        Project project = verifiedBy("funder-officer");
        ProjectFixture.contract(project);
        project.report("m1", "It took place.", HANOI_EDITOR);
        return project;
    }

    private static State stateOf(Project project) {
        return project.milestones().get("m1").state();
    }

    @Test
    void a_report_has_evidence_and_the_next_report_replaces_it() {
        Project project = ProjectFixture.in(Project.State.ACTIVE);
        Evidence film = new Evidence("Film", "https://example.org/film.mp4", "ab".repeat(32), "video/mp4");

        project.report("m1", "It took place.", HANOI_EDITOR, film);

        assertThat(project.events()).endsWith(new MilestoneReported("m1", "It took place.", List.of(film)));
        assertThat(project.milestones().get("m1").evidence()).containsExactly(film);
        project.returnForCorrection("m1", "Another film, please.", SECRETARIAT);
        assertThat(project.milestones().get("m1").evidence()).containsExactly(film);
        project.report("m1", "It took place.", HANOI_EDITOR);
        assertThat(project.milestones().get("m1").evidence()).isEmpty();
    }

    @Test
    void evidence_is_a_title_a_secure_link_a_checksum_and_a_media_type() {
        Project project = ProjectFixture.in(Project.State.ACTIVE);

        assertThatThrownBy(() -> project.report(
                        "m1",
                        "It took place.",
                        HANOI_EDITOR,
                        new Evidence("Film", "http://example.org/film", null, null),
                        new Evidence(" ", "https://me:secret@example.org", "AB", "film"),
                        new Evidence("Film", "javascript:alert(1)", null, null),
                        new Evidence("Film", "https://example.org/" + "x".repeat(1_981), null, null)))
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations())
                                .extracting(ValidationFailed.Violation::pointer)
                                .containsExactly(
                                        "/evidence/0/link",
                                        "/evidence/1/title",
                                        "/evidence/1/link",
                                        "/evidence/1/checksum",
                                        "/evidence/1/mediaType",
                                        "/evidence/2/link",
                                        "/evidence/3/link"));
        Evidence film = new Evidence("Film", "https://example.org/" + "x".repeat(1_980), null, null);
        assertThatThrownBy(() -> project.report(
                        "m1",
                        "It took place.",
                        HANOI_EDITOR,
                        Collections.nCopies(21, film).toArray(Evidence[]::new)))
                .isInstanceOf(ValidationFailed.class);
        project.report(
                "m1",
                "It took place.",
                HANOI_EDITOR,
                Collections.nCopies(20, film).toArray(Evidence[]::new));
    }
}
