package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.SECRETARIAT;
import static koinon.projects.proposal.ProposalFixture.UNTIL;
import static koinon.projects.proposal.ProposalFixture.editor;
import static koinon.projects.proposal.ProposalFixture.eur;
import static koinon.projects.proposal.ProposalFixture.facts;
import static koinon.projects.proposal.ProposalFixture.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.projects.call.CallFixture;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Milestone;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import koinon.projects.proposal.event.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.event.ProposalEvent.SummaryChanged;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a proposal itself rejects, independent of the request's validation.
class EnteredBoundsTest {

    private static final LocalDate DAY = LocalDate.parse("2027-06-01");
    private static final Money NONE = eur("0");

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -4, 1_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void the_weight_of_a_milestone_is_a_whole_number_from_one_to_a_thousand(int weight) {
        refused("/milestones/0/weight", () -> workPlan(milestone("m1", weight)));
        refused("/milestones/1/weight", () -> workPlan(milestone("m1", 5), milestone("m2", weight)));
    }

    @Test
    void a_milestone_has_an_id_a_title_and_a_day() {
        refused("/milestones/0/id", () -> workPlan(new Milestone("M 1", "Fair", DAY, "", 1)));
        refused("/milestones/0/title", () -> workPlan(new Milestone("m1", " ", DAY, "", 1)));
        refused("/milestones/0/title", () -> workPlan(new Milestone("m1", null, DAY, "", 1)));
        refused("/milestones/0/due", () -> workPlan(new Milestone("m1", "Fair", null, "", 1)));
        refused("/milestones/0/weight", () -> workPlan(new Milestone("m1", "Fair", DAY, "", null)));
    }

    @Test
    void no_amount_of_a_part_is_negative_or_beyond_its_bound() {
        for (String amount : List.of("-0.01", "-60000", "1000000000000")) {
            refused("/grant/amount", () -> part(eur(amount), List.of(), NONE, ""));
            refused("/overhead/amount", () -> part(NONE, List.of(), eur(amount), ""));
            refused("/contributions/0/amount/amount", () -> part(NONE, List.of(cash(eur(amount))), NONE, ""));
        }
        refused("/grant", () -> part(null, List.of(), NONE, ""));
        refused("/tasks", () -> part(NONE, List.of(), NONE, "x".repeat(10_001)));
        refused("/tasks", () -> part(NONE, List.of(), NONE, null));
        refused(
                "/contributions/0/valuedBy",
                () -> part(NONE, List.of(new Contribution("Rooms", Contribution.IN_KIND, null, NONE)), NONE, ""));
        refused(
                "/contributions/0/kind",
                () -> part(NONE, List.of(new Contribution("Rooms", "promise", null, NONE)), NONE, ""));
    }

    @Test
    void a_title_is_there_and_texts_have_their_lengths() {
        for (String title : new String[] {null, "", " \t", "x".repeat(201)}) {
            refused("/title", () -> ProposalFixture.drafted(HANOI, title, editor(HANOI)));
            refused("/title", () -> summary(title, ""));
            refused("/title", () -> koinonCall(title));
        }
        refused("/summary", () -> summary("Craft routes", "x".repeat(100_000)));
        refused("/summary", () -> summary("Craft routes", null));
    }

    @Test
    void themes_goals_and_contributions_are_bounded_in_number_and_value() {
        refused("/themes", () -> themes(Collections.nCopies(21, "crafts"), List.of()));
        refused("/themes/1", () -> themes(List.of("crafts", " "), List.of()));
        refused("/themes/0", () -> themes(List.of("x".repeat(101)), List.of()));
        refused("/sdgs/0", () -> themes(List.of(), List.of(18)));
        refused("/sdgs/1", () -> themes(List.of(), List.of(1, 0)));
        refused("/sdgs", () -> themes(List.of(), Collections.nCopies(18, 1)));
        refused("/contributions", () -> part(NONE, Collections.nCopies(51, cash(NONE)), NONE, ""));
        refused(
                "/milestones",
                () -> ProposalFixture.drafted(CALL)
                        .writeWorkPlan(
                                IntStream.range(0, 101)
                                        .mapToObj(n -> milestone("m" + n, 1))
                                        .toList(),
                                CALL,
                                editor(HANOI)));
    }

    private static void themes(List<String> themes, List<Integer> sdgs) {
        ProposalFixture.drafted(CALL)
                .writeSummary(new SummaryChanged("Craft routes", "", themes, sdgs, null, null), CALL, editor(HANOI));
    }

    static Stream<ThrowingCallable> withoutReason() {
        return Stream.of(null, "", " \t", "x".repeat(2_001))
                .flatMap(reason -> Stream.of(
                        () -> ProposalFixture.submitted(CALL).decline(CEBU, reason, signatory(CEBU)),
                        () -> ProposalFixture.written(CALL).remove(CEBU, reason, editor(HANOI)),
                        () -> ProposalFixture.ready(CALL).withdrawCommitment(CEBU, reason, signatory(CEBU)),
                        () -> ProposalFixture.submitted(CALL).returnForCorrection(reason, UNTIL, SECRETARIAT),
                        () -> ProposalFixture.submitted(CALL)
                                .decide(Outcome.ELIGIBLE, reason, Map.of(), facts(CALL), SECRETARIAT),
                        () -> ProposalFixture.submitted(CALL)
                                .decide(Outcome.INELIGIBLE, reason, Map.of(), facts(CALL), SECRETARIAT),
                        () -> ProposalFixture.eligible(CALL)
                                .decide(
                                        Outcome.SELECTED,
                                        reason,
                                        Map.of(),
                                        facts(CALL, CallFixture.FUNDS),
                                        SECRETARIAT),
                        () -> ProposalFixture.eligible(CALL)
                                .decide(Outcome.RESERVE_LISTED, reason, Map.of(), facts(CALL), SECRETARIAT),
                        () -> ProposalFixture.eligible(CALL)
                                .decide(Outcome.NOT_APPROVED, reason, Map.of(), facts(CALL), SECRETARIAT),
                        () -> ProposalFixture.submitted(CALL).withdraw(reason, signatory(HANOI))));
    }

    @ParameterizedTest
    @MethodSource("withoutReason")
    void every_decision_has_a_reason_of_at_most_two_thousand_characters(ThrowingCallable decision) {
        refused("/reason", decision);
    }

    private static void workPlan(Milestone... milestones) {
        ProposalFixture.drafted(CALL).writeWorkPlan(List.of(milestones), CALL, editor(HANOI));
    }

    private static Milestone milestone(String id, int weight) {
        return new Milestone(id, "Fair", DAY, "interim", weight);
    }

    private static Contribution cash(Money amount) {
        return new Contribution("Budget", Contribution.CASH, null, amount);
    }

    private static void part(Money grant, List<Contribution> contributions, Money overhead, String tasks) {
        ProposalFixture.drafted(CALL)
                .writePart(new PartnerPartChanged(HANOI, grant, contributions, overhead, tasks), CALL, editor(HANOI));
    }

    private static void summary(String title, String summary) {
        ProposalFixture.drafted(CALL)
                .writeSummary(
                        new SummaryChanged(title, summary, List.of(), List.of(), null, null), CALL, editor(HANOI));
    }

    private static void koinonCall(String title) {
        CallFixture.titled(title);
    }

    private static void refused(String pointer, ThrowingCallable entry) {
        assertThatExceptionOfType(ValidationFailed.class)
                .isThrownBy(entry)
                .satisfies(it -> assertThat(it.violations())
                        .extracting(ValidationFailed.Violation::pointer)
                        .contains(pointer));
    }
}
