package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.AGREEMENT;
import static koinon.projects.project.ProjectFixture.CEBU_SIGNATORY;
import static koinon.projects.project.ProjectFixture.FUND;
import static koinon.projects.project.ProjectFixture.HANOI_EDITOR;
import static koinon.projects.project.ProjectFixture.HANOI_SIGNATORY;
import static koinon.projects.project.ProjectFixture.OTHER_AGREEMENT;
import static koinon.projects.project.ProjectFixture.OTHER_FUND;
import static koinon.projects.project.ProjectFixture.SECRETARIAT;
import static koinon.projects.project.ProjectFixture.SYSTEM;
import static koinon.projects.project.agreement.KnownAgreement.State.IN_FORCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koinon.eventing.actor.Actor;
import koinon.eventing.model.EventTypes;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.project.ProjectPartners.State;
import koinon.projects.project.event.ProjectEvent.PartnerEvent;
import koinon.projects.project.event.ProjectEvent.PartnerReleased;
import koinon.projects.project.event.ProjectEvent.PartnerSteppedBack;
import koinon.projects.project.event.ProjectEvent.PartnershipSigned;
import koinon.projects.project.event.ProjectEvent.ProjectStarted;
import koinon.projects.project.event.ProjectEvent.StepBackWithdrawn;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A partner city that does not want to go on with a project.
class ProjectStepBackTest {

    private static final String HANOI = "vn-hanoi";
    private static final String CEBU = "ph-cebu-city";

    private static final Map<PartnerEvent, Map<State, State>> TRANSITIONS = Map.of(
            new PartnershipSigned(CEBU),
            Map.of(State.UNSIGNED, State.SIGNED),
            new PartnerSteppedBack(CEBU, "x"),
            Map.of(State.UNSIGNED, State.STEPPED_BACK, State.SIGNED, State.STEPPED_BACK),
            new StepBackWithdrawn(CEBU, true),
            Map.of(State.STEPPED_BACK, State.SIGNED),
            new StepBackWithdrawn(CEBU, false),
            Map.of(State.STEPPED_BACK, State.UNSIGNED),
            new PartnerReleased(CEBU, "x"),
            Map.of(State.STEPPED_BACK, State.RELEASED));

    private static void refused(String rule, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo(rule));
    }

    private static Project steppedBack(Project.State state) {
        Project it = ProjectFixture.in(state);
        it.stepBack(CEBU, "No budget.", CEBU_SIGNATORY);
        return it;
    }

    @ParameterizedTest
    @EnumSource
    void a_city_changes_its_state_only_where_the_lifecycle_allows_it(State state) {
        assertThat(TRANSITIONS.keySet().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        EventTypes.of(PartnerEvent.class).values());
        new HashMap<>(TRANSITIONS).forEach((event, allowed) -> {
            if (allowed.containsKey(state)) assertThat(state.after(event)).isEqualTo(allowed.get(state));
            else assertThatThrownBy(() -> state.after(event)).isInstanceOf(RuleViolation.class);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"CONTRACTING", "ACTIVE", "SUSPENDED"})
    void its_signatory_steps_back_while_the_project_is_not_over(Project.State state) {
        Project it = steppedBack(state);

        assertThat(it.state()).isEqualTo(state);
        assertThat(it.partners().of(CEBU)).isEqualTo(State.STEPPED_BACK);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"PLACEHOLDER", "CONTRACTING", "ACTIVE", "SUSPENDED"})
    void in_every_other_state_it_does_not(Project.State state) {
        refused("wrong-state", () -> steppedBack(state));
    }

    @Test
    void nobody_else_steps_back_for_it_and_the_lead_does_not() {
        Project it = ProjectFixture.in(Project.State.ACTIVE);

        for (Actor other : List.of(HANOI_SIGNATORY, HANOI_EDITOR, SECRETARIAT))
            assertThatThrownBy(() -> it.stepBack(CEBU, "x", other)).isInstanceOf(AccessDenied.class);
        refused("is-lead", () -> it.stepBack(HANOI, "x", HANOI_SIGNATORY));
    }

    @Test
    void the_project_does_not_start_before_it_is_decided_how_it_goes_on() {
        Project it = steppedBack(Project.State.CONTRACTING);
        it.agreementChanged(AGREEMENT, ProjectFixture.known(FUND, IN_FORCE), SYSTEM);
        it.agreementChanged(OTHER_AGREEMENT, ProjectFixture.known(OTHER_FUND, IN_FORCE), SYSTEM);
        it.sign(HANOI, ProjectFixture.admitted(HANOI), HANOI_SIGNATORY);
        refused("wrong-state", () -> it.sign(CEBU, ProjectFixture.admitted(CEBU), CEBU_SIGNATORY));
        assertThat(it.state()).isEqualTo(Project.State.CONTRACTING);

        it.release(CEBU, "The lead can.", SECRETARIAT);

        assertThat(it.events()).endsWith(new PartnerReleased(CEBU, "The lead can."), new ProjectStarted());
    }

    @Test
    void it_may_withdraw_that_and_what_it_signed_counts() {
        Project it = steppedBack(Project.State.ACTIVE);
        it.withdrawStepBack(CEBU, CEBU_SIGNATORY);

        assertThat(it.partners().of(CEBU)).isEqualTo(State.SIGNED);
        refused("wrong-state", () -> it.release(CEBU, "x", SECRETARIAT));
    }

    @Test
    void who_did_not_sign_before_signs_after_it_has_withdrawn_that() {
        Project it = steppedBack(Project.State.CONTRACTING);
        it.withdrawStepBack(CEBU, CEBU_SIGNATORY);
        it.sign(CEBU, ProjectFixture.admitted(CEBU), CEBU_SIGNATORY);

        assertThat(it.partners().of(CEBU)).isEqualTo(State.SIGNED);
    }

    @Test
    void a_released_city_reports_no_more_and_its_people_still_decide_nothing() {
        Actor editor = ProjectFixture.person("cebu-editor", "city-editor@city/" + CEBU);
        Actor both = ProjectFixture.person("both", "secretariat@network", "city-editor@city/" + CEBU);
        Project it = steppedBack(Project.State.ACTIVE);
        it.release(CEBU, "The lead can.", SECRETARIAT);

        assertThatThrownBy(() -> it.report("m1", "Done.", editor)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.suspend("x", both)).isInstanceOf(AccessDenied.class);
        it.report("m1", "Done.", HANOI_EDITOR);
    }

    @Test
    void only_the_secretariat_releases_it_and_never_who_receives_the_money() {
        Project it = steppedBack(Project.State.ACTIVE);

        assertThatThrownBy(() -> it.release(CEBU, "x", HANOI_SIGNATORY)).isInstanceOf(AccessDenied.class);
        refused("is-beneficiary", () -> it.release(HANOI, "x", SECRETARIAT));
    }
}
