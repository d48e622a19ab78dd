package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.SECRETARIAT;
import static koinon.projects.proposal.ProposalFixture.SYSTEM;
import static koinon.projects.proposal.ProposalFixture.editor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import koinon.eventing.actor.Actor;
import koinon.eventing.document.EventJson;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.proposal.Proposal.State;
import koinon.projects.proposal.event.ProposalEvent.SummaryChanged;
import koinon.projects.proposal.event.ProposalEvent.TextRedacted;
import koinon.projects.proposal.selection.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The secretariat redacts a text of a proposal; the fixture's summary is "Workshops in both cities."
class ProposalRedactionTest {

    private static final String SUMMARY = "Workshops in both cities.";
    private static final String TITLE = "Craft routes";
    private static final String WHY = "It named a person who did not agree to it.";

    private static TextRedacted redacted(String text) {
        return new TextRedacted(Redactions.digest("p-1", text), WHY);
    }

    private static void refused(Proposal it, String rule, Actor by) {
        assertThatThrownBy(() -> it.redact(SUMMARY, WHY, by))
                .isInstanceOfSatisfying(
                        RuleViolation.class, thrown -> assertThat(thrown.rule()).isEqualTo(rule));
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void a_text_can_be_redacted_in_every_state_and_the_state_stays(State state) {
        Proposal it = ProposalFixture.in(state);

        it.redact(SUMMARY, WHY, SECRETARIAT);

        assertThat(it.events().getLast()).isEqualTo(redacted(SUMMARY));
        assertThat(it.state()).isEqualTo(state);
        assertThat(it.plan().summary()).isEqualTo(Redactions.MARK);
    }

    @Test
    void the_plan_and_the_submission_no_longer_hold_the_text_and_nothing_else_changes() {
        Proposal it = ProposalFixture.submitted(CALL);

        it.redact(TITLE, WHY, SECRETARIAT);

        assertThat(it.plan().title()).isEqualTo(Redactions.MARK);
        assertThat(it.submitted()).isEqualTo(it.plan());
        assertThat(it.plan().summary()).isEqualTo(SUMMARY);
        assertThat(it.plan().milestones())
                .isEqualTo(ProposalFixture.submitted(CALL).plan().milestones());
    }

    @Test
    void the_reason_of_a_decision_a_task_and_the_title_of_a_milestone_can_be_redacted() {
        Proposal it = ProposalFixture.in(State.NOT_APPROVED);

        for (String text : List.of("Not good enough.", "Workshops", "Fair", "budget"))
            it.redact(text, WHY, SECRETARIAT);

        assertThat(it.reason()).isEqualTo(Redactions.MARK);
        assertThat(it.plan().parts()).allSatisfy(part -> {
            assertThat(part.tasks()).isEqualTo(Redactions.MARK);
            assertThat(part.contributions().getFirst().source()).isEqualTo(Redactions.MARK);
        });
        assertThat(it.plan().milestones().getLast().title()).isEqualTo(Redactions.MARK);
    }

    @Test
    void what_is_approved_later_does_not_contain_the_text() {
        Proposal it = ProposalFixture.selected();
        it.redact(TITLE, WHY, SECRETARIAT);

        it.on(1, "fund-a", Selection.Answer.RESERVED, CALL, SYSTEM);
        it.on(1, "fund-b", Selection.Answer.RESERVED, CALL, SYSTEM);

        assertThat(EventJson.mapper().writeValueAsString(it.events().getLast()))
                .contains(Redactions.MARK)
                .doesNotContain(TITLE);
    }

    @Test
    void a_text_that_was_overwritten_can_be_redacted_too() {
        Proposal it = ProposalFixture.written(CALL);
        SummaryChanged other = new SummaryChanged(TITLE, "Another.", List.of(), List.of(), null, null);
        it.writeSummary(other, CALL, editor(HANOI));

        it.redact(SUMMARY, WHY, SECRETARIAT);

        assertThat(it.events().getLast()).isEqualTo(redacted(SUMMARY));
        assertThat(it.plan().summary()).isEqualTo("Another.");
    }

    @Test
    void a_redacted_text_that_is_written_again_is_redacted_in_the_event() {
        Proposal it = ProposalFixture.written(CALL);
        it.redact(SUMMARY, WHY, SECRETARIAT);

        it.writeSummary(ProposalFixture.summary(), CALL, editor(HANOI));

        assertThat(((SummaryChanged) it.events().getLast()).summary()).isEqualTo(Redactions.MARK);
        assertThat(it.plan().summary()).isEqualTo(Redactions.MARK);
    }

    @Test
    void only_the_secretariat_redacts() {
        assertThatThrownBy(() -> ProposalFixture.written(CALL).redact(SUMMARY, WHY, editor(HANOI)))
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void what_nobody_wrote_and_what_is_no_text_of_a_person_is_refused() {
        Proposal it = ProposalFixture.written(CALL);

        for (String text : List.of("Workshops in both cities", HANOI, "crafts", Redactions.MARK))
            assertThatThrownBy(() -> it.redact(text, WHY, SECRETARIAT))
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            thrown -> assertThat(thrown.rule()).isEqualTo("no-such-text"));
    }

    @Test
    void a_text_is_redacted_once() {
        Proposal it = ProposalFixture.written(CALL);
        it.redact(SUMMARY, WHY, SECRETARIAT);

        refused(it, "already-redacted", SECRETARIAT);
    }

    @Test
    void a_redaction_has_a_reason_that_does_not_repeat_the_text() {
        Proposal it = ProposalFixture.written(CALL);

        assertThatThrownBy(() -> it.redact(SUMMARY, " ", SECRETARIAT)).isInstanceOf(ValidationFailed.class);
        assertThatThrownBy(() -> it.redact(SUMMARY, "It says: " + SUMMARY, SECRETARIAT))
                .isInstanceOfSatisfying(
                        RuleViolation.class, thrown -> assertThat(thrown.rule()).isEqualTo("reason-repeats-text"));
        assertThatThrownBy(() -> it.redact(" ", WHY, SECRETARIAT)).isInstanceOf(ValidationFailed.class);
    }

    @Test
    void it_follows_a_redaction_in_its_project_once_and_only_of_what_was_written_here() {
        Proposal it = ProposalFixture.in(State.APPROVED);

        it.follow(redacted("Written in the project only."), SYSTEM);
        assertThat(it.events()).noneMatch(TextRedacted.class::isInstance);
        it.follow(redacted(TITLE), SYSTEM);
        it.follow(redacted(TITLE), SYSTEM);

        assertThat(it.events()).filteredOn(TextRedacted.class::isInstance).containsExactly(redacted(TITLE));
        assertThat(it.plan().title()).isEqualTo(Redactions.MARK);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void its_events_replayed_yield_the_same_proposal(State state) {
        Proposal it = ProposalFixture.in(state);
        it.redact(SUMMARY, WHY, SECRETARIAT);
        Proposal replayed = new Proposal("p-1");

        it.raised().forEach(raised -> replayed.replay(raised.event(), raised.by(), ""));

        assertThat(replayed.plan()).isEqualTo(it.plan());
        assertThat(replayed.submission()).isEqualTo(it.submission());
        assertThat(replayed)
                .usingRecursiveComparison()
                .ignoringFields("raised", "lastHash", "selection", "held")
                .isEqualTo(it);
    }
}
