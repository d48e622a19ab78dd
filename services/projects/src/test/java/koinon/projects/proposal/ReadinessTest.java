package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CALL;
import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.CITIES;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.NOW;
import static koinon.projects.proposal.ProposalFixture.editor;
import static koinon.projects.proposal.ProposalFixture.eur;
import static koinon.projects.proposal.ProposalFixture.milestones;
import static koinon.projects.proposal.ProposalFixture.part;
import static koinon.projects.proposal.ProposalFixture.signatory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import koinon.eventing.rule.RuleViolation;
import koinon.projects.call.Call;
import koinon.projects.call.CallFixture;
import koinon.projects.call.rules.Finding;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.event.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.event.ProposalEvent.SummaryChanged;
import koinon.projects.proposal.readiness.Readiness;
import org.junit.jupiter.api.Test;

/// Each rule of every call, met and not met. The ready proposal is the passing case of all of them.
class ReadinessTest {

    private static final Pattern FIELD = Pattern.compile("/summary/(summary|startsOn|endsOn)"
            + "|/work-plan/milestones(/[0-9]+/(due|tranche))?"
            + "|/partners(/[a-z0-9-]+/(part|part/grant|commitment))?");

    private static List<String> at(Proposal proposal, String rule) {
        return proposal.readiness(CALL, CITIES, NOW).findings().stream()
                .filter(it -> it.rule().equals(rule))
                .flatMap(it -> it.at().stream())
                .toList();
    }

    private static List<String> unmet(Proposal proposal) {
        return unmet(proposal.readiness(CALL, CITIES, NOW));
    }

    private static List<String> unmet(Readiness readiness) {
        assertThat(readiness.findings()).allSatisfy(it -> {
            String key = it.rule().replaceFirst("/.*", "") + ".";
            assertThat(it.fact().key()).startsWith(key);
            assertThat(it.fact().text()).isNotBlank();
            assertThat(it.remedy() == null).isEqualTo(it.met());
            if (it.remedy() != null) assertThat(it.remedy().key()).startsWith(key);
            // Neither a date of the call nor who leads is a field of the proposal.
            if (!it.met() && !it.rule().equals("call-open")) assertThat(it.at()).isNotEmpty();
            assertThat(it.at()).doesNotHaveDuplicates().allMatch(FIELD.asMatchPredicate());
        });
        assertThat(readiness.findings()).extracting(Finding::rule).doesNotHaveDuplicates();
        return readiness.findings().stream()
                .filter(it -> !it.met())
                .map(Finding::rule)
                .toList();
    }

    @Test
    void a_ready_proposal_meets_every_rule() {
        Readiness readiness = ProposalFixture.ready(CALL).readiness(CALL, CITIES, NOW);

        assertThat(unmet(readiness)).isEmpty();
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.findings())
                .extracting(Finding::rule)
                .containsExactly(
                        "call-open",
                        "summary",
                        "dates",
                        "partner-cities",
                        "parts",
                        "commitments",
                        "size",
                        "milestones",
                        "milestone-dates",
                        "tranche-milestones/interim",
                        "milestone-tranches",
                        "grants",
                        "partners",
                        "grant",
                        "duration");
    }

    @Test
    void who_sees_no_totals_learns_nothing_by_trying_out_when_they_are_too_high() {
        Proposal it = ProposalFixture.written(CALL);
        Readiness before = it.readiness(CALL, CITIES, NOW).withoutTotals();
        it.writePart(part(CEBU, "9999999"), CALL, editor(CEBU));

        assertThat(unmet(it)).contains("grant");
        assertThat(it.readiness(CALL, CITIES, NOW).withoutTotals()).isEqualTo(before);
    }

    @Test
    void a_new_draft_lists_every_missing_item() {
        assertThat(unmet(ProposalFixture.drafted(CALL)))
                .containsExactly(
                        "summary",
                        "dates",
                        "parts",
                        "commitments",
                        "milestones",
                        "tranche-milestones/interim",
                        "grants",
                        "partners",
                        "duration");
    }

    @Test
    void the_call_is_open() {
        Proposal it = ProposalFixture.ready(CALL);

        assertThat(unmet(it.readiness(CALL, CITIES, CallFixture.BEFORE_OPENING)))
                .containsExactly("call-open");
        assertThat(unmet(it.readiness(CALL, CITIES, CallFixture.AFTER_CLOSING))).containsExactly("call-open");
        assertThat(unmet(it.readiness(CallFixture.cancelled(), CITIES, NOW))).containsExactly("call-open");
    }

    @Test
    void a_returned_proposal_has_its_own_deadline_instead() {
        Proposal it = ProposalFixture.returned();

        assertThat(unmet(it.readiness(CALL, CITIES, CallFixture.AFTER_CLOSING))).isEmpty();
        assertThat(unmet(it.readiness(CALL, CITIES, ProposalFixture.AFTER_RETURN)))
                .containsExactly("call-open");
    }

    @Test
    void every_partner_city_is_known_and_has_not_left() {
        Proposal it = ProposalFixture.ready(CALL);
        Map<String, KnownCity> cities = new HashMap<>(CITIES);
        cities.put(
                CEBU,
                new KnownCity(CEBU, "Cebu City", "PH", "Asia and the Pacific", "Design", KnownCity.State.LEFT, null));

        assertThat(unmet(it.readiness(CALL, cities, NOW))).containsExactly("partner-cities");
        cities.remove(CEBU);
        assertThat(unmet(it.readiness(CALL, cities, NOW))).containsExactly("partner-cities");
    }

    @Test
    void every_part_is_written_and_committed_to() {
        Proposal it = ProposalFixture.ready(CALL);
        it.invite("vn-hue", CITIES.get("vn-hue"), CALL, editor(HANOI));
        assertThat(unmet(it)).containsExactly("parts", "commitments");

        it.accept("vn-hue", CALL, signatory("vn-hue"));
        it.writePart(part("vn-hue", "0"), CALL, editor("vn-hue"));
        assertThat(unmet(it)).containsExactly("commitments");
        it.commit("vn-hue", CALL, signatory("vn-hue"));
        assertThat(unmet(it)).isEmpty();
    }

    @Test
    void milestones_lie_within_the_dates() {
        Proposal it = ProposalFixture.ready(CALL);
        Milestone first = milestones().getFirst();
        Milestone late = new Milestone("m2", "Fair", LocalDate.parse("2028-07-01"), "interim", 2);

        it.writeWorkPlan(List.of(first, late), CALL, editor(HANOI));
        assertThat(unmet(it)).containsExactly("milestone-dates");
        SummaryChanged summary = ProposalFixture.summary();
        it.writeSummary(
                new SummaryChanged(
                        summary.title(),
                        summary.summary(),
                        summary.themes(),
                        summary.sdgs(),
                        summary.startsOn(),
                        LocalDate.parse("2028-07-01")),
                CALL,
                editor(HANOI));
        assertThat(unmet(it)).isEmpty();
    }

    @Test
    void at_least_one_milestone_earns_each_tranche_that_waits_for_milestones() {
        Proposal it = ProposalFixture.ready(CALL);
        Milestone free = new Milestone("m1", "Opening", LocalDate.parse("2027-09-01"), "", 1);

        it.writeWorkPlan(List.of(free), CALL, editor(HANOI));

        assertThat(it.readiness(CALL, CITIES, NOW).findings())
                .filteredOn(finding -> finding.rule().equals("tranche-milestones/interim"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.met()).isFalse())
                .satisfies(finding ->
                        assertThat(finding.fact().text()).isEqualTo("No milestone earns the tranche interim."))
                .satisfies(finding ->
                        assertThat(finding.remedy().text()).isEqualTo("Let at least one milestone earn it."));
    }

    @Test
    void three_milestones_of_equal_weight_may_earn_a_tranche() {
        Proposal it = ProposalFixture.ready(CALL);
        LocalDate day = LocalDate.parse("2027-09-01");

        it.writeWorkPlan(
                List.of(
                        new Milestone("m1", "Opening", day, "interim", 1),
                        new Milestone("m2", "Middle", day, "interim", 1),
                        new Milestone("m3", "End", day, "interim", 1)),
                CALL,
                editor(HANOI));

        assertThat(unmet(it)).isEmpty();
    }

    @Test
    void milestones_name_no_tranche_that_waits_for_something_else() {
        Proposal it = ProposalFixture.ready(CALL);
        Milestone astray = new Milestone("m3", "Party", LocalDate.parse("2028-05-01"), "advance", 1);

        it.writeWorkPlan(List.of(milestones().getFirst(), milestones().getLast(), astray), CALL, editor(HANOI));

        assertThat(unmet(it)).containsExactly("milestone-tranches");
    }

    @Test
    void where_funds_pay_something_is_asked_of_each() {
        Proposal it = ProposalFixture.written(CALL);
        it.writePart(part(HANOI, "0"), CALL, editor(HANOI));
        it.writePart(part(CEBU, "0.01"), CALL, editor(CEBU));

        assertThat(unmet(it)).contains("grants");
    }

    @Test
    void where_no_fund_pays_nothing_is_asked() {
        Call call = CallFixture.published(_ -> CallFixture.termsWithoutGrant());
        Proposal it = ProposalFixture.ready(call);
        assertThat(unmet(it.readiness(call, CITIES, NOW))).isEmpty();

        it.writePart(part(CEBU, "1"), CALL, editor(CEBU));
        assertThat(unmet(it.readiness(call, CITIES, NOW))).containsExactly("commitments", "grants");
    }

    @Test
    void the_calls_own_rules_are_judged_by_the_same_readiness() {
        Proposal it = ProposalFixture.ready(CALL);

        it.writePart(part(CEBU, "40000"), CALL, editor(CEBU));
        it.commit(CEBU, CALL, signatory(CEBU));

        assertThat(it.readiness(CALL, CITIES, NOW).findings())
                .filteredOn(finding -> finding.rule().equals("grant"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.fact().text()).isEqualTo("The partners ask for 100000.01 EUR."))
                .satisfies(finding -> assertThat(finding.remedy().text()).isEqualTo("Ask for at most 100000.00 EUR."));
    }

    @Test
    void all_that_is_written_fits_into_one_event() {
        Proposal it = ProposalFixture.drafted(CALL);
        for (int i = 1; i <= 5; i++) write(it, i);
        assertThat(unmet(it)).contains("size");

        it.remove(city(5).id(), "Too much.", editor(HANOI));
        assertThat(unmet(it)).doesNotContain("size");
    }

    private static void write(Proposal it, int number) {
        String city = city(number).id();
        it.invite(city, city(number), CALL, editor(HANOI));
        it.accept(city, CALL, signatory(city));
        it.writePart(
                new PartnerPartChanged(city, eur("1"), List.of(), eur("0"), "ế".repeat(Plan.LONGEST_TEXT)),
                CALL,
                editor(city));
    }

    @Test
    void no_more_cities_are_invited_than_fit_into_one_event() {
        Proposal it = ProposalFixture.drafted(CALL);
        for (int i = 1; i < Plan.MOST_PARTS; i++) it.invite(city(i).id(), city(i), CALL, editor(HANOI));

        assertThatThrownBy(() -> it.invite(CEBU, CITIES.get(CEBU), CALL, editor(HANOI)))
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.rule()).isEqualTo("too-many-partners"));
    }

    @Test
    void what_is_missing_leads_to_its_field() {
        Proposal draft = ProposalFixture.drafted(CALL);
        assertThat(at(draft, "call-open")).isEmpty();
        assertThat(at(draft, "summary")).containsExactly("/summary/summary");
        assertThat(at(draft, "dates")).containsExactly("/summary/startsOn", "/summary/endsOn");
        assertThat(at(draft, "duration")).containsExactly("/summary/startsOn", "/summary/endsOn");
        assertThat(at(draft, "milestones")).containsExactly("/work-plan/milestones");
        assertThat(at(draft, "grants")).containsExactly("/partners/" + HANOI + "/part/grant");

        Proposal it = ProposalFixture.ready(CALL);
        it.invite("vn-hue", CITIES.get("vn-hue"), CALL, editor(HANOI));
        assertThat(at(it, "parts")).containsExactly("/partners/vn-hue/part");
        assertThat(at(it, "commitments")).containsExactly("/partners/vn-hue/commitment");

        Milestone late = new Milestone("m2", "Fair", LocalDate.parse("2029-07-01"), "advance", 2);
        it.writeWorkPlan(List.of(milestones().getFirst(), late), CALL, editor(HANOI));
        assertThat(at(it, "milestone-dates")).containsExactly("/work-plan/milestones/1/due");
        assertThat(at(it, "milestone-tranches")).containsExactly("/work-plan/milestones/1/tranche");
    }

    private static KnownCity city(int i) {
        return new KnownCity(
                "vn-" + i, "City " + i, "VN", "Asia and the Pacific", "Design", KnownCity.State.DESIGNATED, null);
    }
}
