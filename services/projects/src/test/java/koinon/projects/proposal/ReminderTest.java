package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.CITIES;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.NOW;
import static koinon.projects.proposal.ProposalFixture.editor;
import static koinon.projects.proposal.ProposalFixture.part;
import static koinon.projects.proposal.ProposalFixture.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import koinon.eventing.action.NextAction;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.TestActors;
import koinon.projects.proposal.event.ProposalEvent.PartnerReminded;
import koinon.projects.proposal.writing.Partnership;
import org.junit.jupiter.api.Test;

/// The lead reminds a city of what waits for it.
class ReminderTest {

    private static Proposal invited() {
        Proposal it = ProposalFixture.drafted(CALL);
        it.invite(CEBU, CITIES.get(CEBU), CALL, editor(HANOI));
        return it;
    }

    private static List<Instant> reminded(Proposal it) {
        return it.actions().stream()
                .filter(action -> Partnership.partOf(CEBU).equals(action.subject()))
                .map(NextAction::remindedAt)
                .toList();
    }

    private static void refused(String rule, Runnable command) {
        assertThatThrownBy(command::run)
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    @Test
    void the_citys_next_action_says_when_it_was_reminded_and_its_part_is_as_it_was() {
        Proposal it = invited();
        long part = it.etag(Partnership.partOf(CEBU));

        it.remind(CEBU, CALL, editor(HANOI));

        assertThat(it.events().getLast()).isEqualTo(new PartnerReminded(CEBU));
        assertThat(reminded(it)).containsExactly(NOW);
        assertThat(it.etag(Partnership.partOf(CEBU))).isEqualTo(part);
        assertThat(it.partnership().stateOf(CEBU)).isEqualTo(Partnership.State.INVITED);
    }

    @Test
    void a_change_of_the_citys_state_ends_it() {
        Proposal it = invited();
        it.remind(CEBU, CALL, editor(HANOI));

        it.accept(CEBU, CALL, signatory(CEBU));
        assertThat(reminded(it)).hasSize(1).containsOnlyNulls();
        it.remind(CEBU, CALL, editor(HANOI));
        assertThat(reminded(it)).containsExactly(NOW);
        it.writePart(part(CEBU, "1"), CALL, editor(CEBU));
        assertThat(reminded(it)).as("it is still to commit").containsExactly(NOW);
        it.commit(CEBU, CALL, signatory(CEBU));
        it.withdrawCommitment(CEBU, "Not yet.", signatory(CEBU));
        assertThat(reminded(it)).hasSize(1).containsOnlyNulls();
    }

    @Test
    void a_city_is_reminded_once_in_three_days() {
        Proposal it = invited();
        it.remind(CEBU, CALL, editor(HANOI));
        Instant again = NOW.plus(Duration.ofDays(3));

        assertThatThrownBy(() -> it.remind(CEBU, CALL, TestActors.editor(HANOI, again.minusMillis(1))))
                .isInstanceOf(RuleViolation.class)
                .hasMessageContaining("again from " + again + " on");
        refused("reminded-recently", () -> it.remind(CEBU, CALL, editor(HANOI)));
        if (!CALL.isClosed(again)) it.remind(CEBU, CALL, TestActors.editor(HANOI, again));
    }

    @Test
    void only_the_leads_editor_reminds_and_not_itself() {
        Proposal it = invited();

        assertThatThrownBy(() -> it.remind(CEBU, CALL, editor(CEBU))).isInstanceOf(AccessDenied.class);
        assertThatThrownBy(() -> it.remind(CEBU, CALL, signatory(HANOI))).isInstanceOf(AccessDenied.class);
        refused("is-lead", () -> it.remind(HANOI, CALL, editor(HANOI)));
    }

    @Test
    void a_city_that_nothing_waits_for_is_not_reminded() {
        Proposal it = ProposalFixture.ready(CALL);

        refused("wrong-state", () -> it.remind(CEBU, CALL, editor(HANOI)));
        refused("wrong-state", () -> it.remind("vn-hue", CALL, editor(HANOI)));
        it.withdrawCommitment(CEBU, "Not yet.", signatory(CEBU));
        it.remind(CEBU, CALL, editor(HANOI));
    }

    @Test
    void nobody_is_reminded_once_it_is_submitted_or_the_deadline_has_passed() {
        refused("wrong-state", () -> ProposalFixture.submitted(CALL).remind(CEBU, CALL, editor(HANOI)));
        refused("deadline-passed", () -> invited().remind(CEBU, CALL, ProposalFixture.later(editor(HANOI))));
    }
}
