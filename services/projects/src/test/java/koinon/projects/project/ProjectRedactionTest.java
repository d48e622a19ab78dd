package koinon.projects.project;

import static koinon.projects.project.ProjectFixture.HANOI_EDITOR;
import static koinon.projects.project.ProjectFixture.ID;
import static koinon.projects.project.ProjectFixture.SECRETARIAT;
import static koinon.projects.project.ProjectFixture.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import koinon.eventing.redaction.Redactions;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.project.Project.State;
import koinon.projects.project.event.Evidence;
import koinon.projects.project.event.ProjectEvent.TextRedacted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The secretariat redacts a text of a project: of a report, of a reason, or of the plan that its proposal wrote.
class ProjectRedactionTest {

    private static final String TITLE = "Craft routes";
    private static final String WHY = "It named a person who did not agree to it.";

    private static TextRedacted redacted(String text) {
        return new TextRedacted(Redactions.digest(ID, text), WHY);
    }

    @ParameterizedTest
    @EnumSource(value = State.class, mode = EnumSource.Mode.EXCLUDE, names = "PLACEHOLDER")
    void a_text_can_be_redacted_in_every_state_and_the_state_stays(State state) {
        Project project = ProjectFixture.in(state);

        project.redact(TITLE, WHY, SECRETARIAT);

        assertThat(project.events().getLast()).isEqualTo(redacted(TITLE));
        assertThat(project.state()).isEqualTo(state);
        assertThat(project.approvedPlan().title()).isEqualTo(Redactions.MARK);
    }

    @Test
    void a_report_and_a_reason_are_no_longer_held() {
        Project project = ProjectFixture.with(MilestoneProgress.State.RETURNED);

        project.redact("It took place.", WHY, SECRETARIAT);
        project.redact("No photos.", WHY, SECRETARIAT);

        assertThat(project.milestones().get("m1").text()).isEqualTo(Redactions.MARK);
        assertThat(project.milestones().get("m1").reason()).isEqualTo(Redactions.MARK);
    }

    @Test
    void evidence_no_longer_names_what_is_redacted() {
        Project project = ProjectFixture.in(State.ACTIVE);
        project.report(
                "m1",
                "It took place.",
                HANOI_EDITOR,
                new Evidence("Interview with Mai", "https://example.org/mai.mp4", null, null));

        project.redact("Interview with Mai", WHY, SECRETARIAT);
        project.redact("https://example.org/mai.mp4", WHY, SECRETARIAT);

        assertThat(project.milestones().get("m1").evidence())
                .containsExactly(new Evidence(Redactions.MARK, Redactions.MARK, null, null));
    }

    @Test
    void next_actions_no_longer_name_a_redacted_title() {
        Project project = ProjectFixture.in(State.ACTIVE);
        assertThat(project.actions().toString()).contains("Opening");

        project.redact("Opening", WHY, SECRETARIAT);

        assertThat(project.raised().getLast().next().toString())
                .contains(Redactions.MARK)
                .doesNotContain("Opening");
    }

    @Test
    void it_follows_a_redaction_in_its_proposal_once_and_only_of_what_was_written_here() {
        Project project = ProjectFixture.in(State.ACTIVE);

        project.follow(redacted("A summary, which a project does not have."), SYSTEM);
        assertThat(project.events()).noneMatch(TextRedacted.class::isInstance);
        project.follow(redacted(TITLE), SYSTEM);
        project.follow(redacted(TITLE), SYSTEM);

        assertThat(project.events()).filteredOn(TextRedacted.class::isInstance).containsExactly(redacted(TITLE));
    }

    @Test
    void a_placeholder_follows_nothing() {
        Project project = ProjectFixture.in(State.PLACEHOLDER);

        project.follow(redacted(TITLE), SYSTEM);

        assertThat(project.events()).isEmpty();
    }

    @Test
    void who_is_not_secretariat_and_what_nobody_wrote_is_refused() {
        Project project = ProjectFixture.in(State.ACTIVE);

        assertThatThrownBy(() -> project.redact(TITLE, WHY, HANOI_EDITOR)).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> project.redact("vn-hanoi", WHY, SECRETARIAT))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("no-such-text"));
    }
}
