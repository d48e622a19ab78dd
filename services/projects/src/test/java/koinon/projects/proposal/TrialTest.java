package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.CITIES;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.NOW;
import static koinon.projects.proposal.ProposalFixture.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.List;
import koinon.eventing.rule.ValidationFailed;
import koinon.projects.call.rules.Finding;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.event.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.event.ProposalEvent.SummaryChanged;
import koinon.projects.proposal.readiness.Readiness;
import koinon.projects.proposal.writing.Partnership;
import koinon.projects.proposal.writing.Trial;
import org.junit.jupiter.api.Test;

/// What is tried is judged as if it were written, and changes nothing.
class TrialTest {

    private final Proposal ready = ProposalFixture.ready(CALL);

    private Partnership tried(Trial trial, boolean seesBudget) {
        return trial.of(ready.partnership(), "EUR", seesBudget);
    }

    private List<String> unmet(Trial trial) {
        Partnership tried = tried(trial, true);
        return unmet(Readiness.of(tried.plan(), tried.uncommitted(), HANOI, CALL, null, CITIES, NOW));
    }

    private static List<String> unmet(Readiness readiness) {
        return readiness.findings().stream()
                .filter(it -> !it.met())
                .map(Finding::rule)
                .toList();
    }

    private static PartnerPartChanged stored(Part it) {
        return new PartnerPartChanged(it.city(), it.grant(), it.contributions(), it.overhead(), it.tasks());
    }

    @Test
    void what_is_absent_is_as_it_is_stored() {
        assertThat(tried(new Trial(null, null, null), true)).isEqualTo(ready.partnership());
    }

    @Test
    void each_member_replaces_what_is_stored() {
        SummaryChanged without = new SummaryChanged("Craft routes", "", List.of(), List.of(), null, null);

        assertThat(unmet(new Trial(without, null, null)))
                .containsExactly("summary", "dates", "milestone-dates", "duration");
        assertThat(unmet(new Trial(null, List.of(), null))).containsExactly("milestones", "tranche-milestones/interim");
        assertThat(unmet(new Trial(null, null, part(CEBU, "9999999")))).containsExactly("commitments", "grant");
        assertThat(unmet(ready.readiness(CALL, CITIES, NOW))).isEmpty();
    }

    @Test
    void a_commitment_holds_for_the_same_part_only() {
        PartnerPartChanged same = stored(ready.plan().part(CEBU).orElseThrow());

        assertThat(unmet(new Trial(null, null, same))).isEmpty();
        assertThat(tried(new Trial(null, null, part(CEBU, "1")), true).stateOf(CEBU))
                .isEqualTo(Partnership.State.ACCEPTED);
    }

    @Test
    void who_does_not_see_a_budget_does_not_find_it_by_trying() {
        PartnerPartChanged same = stored(ready.plan().part(CEBU).orElseThrow());

        assertThat(tried(new Trial(null, null, same), false).stateOf(CEBU)).isEqualTo(Partnership.State.ACCEPTED);
    }

    @Test
    void every_violation_is_named_where_it_stands() {
        LocalDate day = LocalDate.parse("2027-09-01");
        Milestone twice = new Milestone("m1", "Opening", day, "interim", 1);
        SummaryChanged backwards = new SummaryChanged("Craft routes", "", List.of(), List.of(), day, day.minusDays(1));

        ValidationFailed failed = catchThrowableOfType(
                ValidationFailed.class,
                () -> tried(new Trial(backwards, List.of(twice, twice), part("fr-lyon", "1")), true));

        assertThat(failed.violations())
                .extracting(ValidationFailed.Violation::pointer)
                .containsExactly("/summary/endsOn", "/workPlan/milestones", "/part/city");
    }

    @Test
    void partners_are_judged_before_they_have_a_proposal_by_what_is_known() {
        Plan two = Plan.initial("Craft routes", HANOI).with(Part.empty(CEBU));
        LocalDate day = LocalDate.parse("2027-09-01");

        assertThat(Readiness.beforeDraft(two, HANOI, CALL, CITIES, NOW).findings())
                .extracting(Finding::rule)
                .containsExactly("call-open", "partner-cities", "partners");
        assertThat(Readiness.beforeDraft(
                                two.withSummary("Craft routes", "", List.of(), List.of(), day, day),
                                HANOI,
                                CALL,
                                CITIES,
                                NOW)
                        .findings())
                .extracting(Finding::rule)
                .contains("dates", "duration")
                .doesNotContain("grant", "grants");
        assertThat(unmet(Readiness.beforeDraft(
                        Plan.initial("Craft routes", HANOI)
                                .with(ProposalFixture.ready(CALL)
                                        .plan()
                                        .part(HANOI)
                                        .orElseThrow()),
                        HANOI,
                        CALL,
                        CITIES,
                        NOW)))
                .containsExactly("partners");
    }
}
