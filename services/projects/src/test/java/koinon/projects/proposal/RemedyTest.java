package koinon.projects.proposal;

import static koinon.projects.proposal.ProposalFixture.CEBU;
import static koinon.projects.proposal.ProposalFixture.CITIES;
import static koinon.projects.proposal.ProposalFixture.HANOI;
import static koinon.projects.proposal.ProposalFixture.LEFT;
import static koinon.projects.proposal.ProposalFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.projects.call.Call;
import koinon.projects.call.CallFixture;
import koinon.projects.call.Terms;
import koinon.projects.call.rules.Finding;
import koinon.projects.call.rules.Rule;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.readiness.Readiness;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Who follows a remedy to the cent and to the day meets its rule, and who follows all of them is ready.
class RemedyTest {

    /// The amounts and dates that a partner wrote.
    record Written(long grant, long own, long overhead, LocalDate from, int days) {

        Plan plan(Plan plan) {
            return withAmounts(plan, euros(grant), euros(own), euros(overhead))
                    .withSummary("Craft routes", "", List.of(), List.of(), from, from.plusDays(days));
        }
    }

    /// The parameters of the rules: shares in tenths of a percent, months, shares of the first fund in thousandths.
    record Parameters(int own, int overhead, int months, int moreMonths, long grant, int fund) {

        /// All but regions, groups and lead, whose remedies leave open which city to take.
        List<Rule> rules() {
            return List.of(
                    new Rule.Partners(2, 3),
                    new Rule.Countries(2, 3),
                    new Rule.Fields(List.of("Design")),
                    new Rule.Grant(new BigDecimal("0.015"), BigDecimal.valueOf(grant, 3)),
                    new Rule.CoFinancing(BigDecimal.valueOf(own, 3)),
                    new Rule.Overhead(BigDecimal.valueOf(overhead, 3)),
                    new Rule.Duration(months, months + moreMonths));
        }

        Call call() {
            BigDecimal first = BigDecimal.valueOf(fund, 3);
            return CallFixture.published(it -> CallFixture.with(
                    it,
                    it.tranches(),
                    List.of(
                            new Terms.FundShare("fund-a", first),
                            new Terms.FundShare("fund-b", BigDecimal.ONE.subtract(first))),
                    rules()));
        }
    }

    @Property(tries = 1_000)
    void who_follows_every_remedy_is_ready(
            @ForAll("written") Written written, @ForAll("parameters") Parameters parameters) {
        Call call = parameters.call();
        Plan plan = written.plan(Plan.initial("Craft routes", HANOI).with(Part.empty(LEFT)))
                .withMilestones(List.of(new Milestone("m1", "Fair", LocalDate.parse("2020-01-01"), "advance", 1)));
        Map<String, Object> uncommitted = Map.of(HANOI, Partner.ACCEPTED);
        Set<String> followed = new HashSet<>();

        Finding unmet = unmet(plan, uncommitted, call);
        while (unmet != null) {
            String rule = unmet.rule();
            Sentence remedy = unmet.remedy();
            assertThat(unmet.at()).as("%s leads to no field", remedy).isNotEmpty();
            assertThat(followed.add(remedy.key() + remedy.values() + plan))
                    .as("%s was followed before, and had no effect", remedy)
                    .isTrue();
            if (rule.equals("commitments")) uncommitted = Map.of();
            else plan = follow(remedy, plan);
            assertThat(judged(plan, uncommitted, call).findings())
                    .filteredOn(it -> it.rule().equals(rule))
                    .allMatch(Finding::met, remedy.text());
            unmet = unmet(plan, uncommitted, call);
        }
    }

    private enum Partner {
        ACCEPTED
    }

    private static Readiness judged(Plan plan, Map<String, ?> uncommitted, Call call) {
        return Readiness.of(plan, uncommitted, HANOI, call, null, CITIES, NOW);
    }

    private static Finding unmet(Plan plan, Map<String, ?> uncommitted, Call call) {
        return judged(plan, uncommitted, call).findings().stream()
                .filter(it -> !it.met())
                .findFirst()
                .orElse(null);
    }

    /// Does exactly what a remedy says, and nothing else. A remedy without a case here fails the test.
    private static Plan follow(Sentence remedy, Plan plan) {
        return switch (remedy.key()) {
            case "summary.write" ->
                plan.withSummary(
                        plan.title(), "Workshops.", plan.themes(), plan.sdgs(), plan.startsOn(), plan.endsOn());
            case "partner-cities.replace" -> plan.without(LEFT);
            case "partners.at-least", "countries.at-least" -> plan.with(Part.empty(CEBU));
            case "parts.write" -> {
                Plan all = plan;
                for (Part it : plan.parts()) if (!it.isWritten()) all = all.with(part(it.city(), 0, "0", "0"));
                yield all;
            }
            case "milestone-dates.move" -> plan.withMilestones(dueOn(plan.milestones(), plan.startsOn()));
            case "tranche-milestones.name" -> plan.withMilestones(earning("interim", plan.milestones()));
            case "milestone-tranches.name-one" ->
                plan.withMilestones(earning(remedy.values().get("tranches"), plan.milestones()));
            case "grants.ask-more", "grant.ask-at-least", "grant.ask-at-most" ->
                withAmounts(
                        plan,
                        amount(remedy),
                        lead(plan).coFinancingIn("EUR"),
                        lead(plan).overheadIn("EUR"));
            case "co-financing.bring-at-least" ->
                withAmounts(
                        plan,
                        lead(plan).grantIn("EUR"),
                        amount(remedy),
                        lead(plan).overheadIn("EUR"));
            case "overhead.plan-at-most" ->
                withAmounts(plan, lead(plan).grantIn("EUR"), lead(plan).coFinancingIn("EUR"), amount(remedy));
            case "duration.plan-at-least", "duration.plan-at-most" ->
                plan.withSummary(
                        plan.title(),
                        plan.summary(),
                        plan.themes(),
                        plan.sdgs(),
                        plan.startsOn(),
                        LocalDate.parse(remedy.values().get("end")));
            default -> throw new AssertionError("How is this followed? " + remedy);
        };
    }

    private static Money amount(Sentence remedy) {
        return Money.of(remedy.values().get("amount").replace(" EUR", ""), "EUR");
    }

    private static Part lead(Plan plan) {
        return plan.part(HANOI).orElseThrow();
    }

    private static Plan withAmounts(Plan plan, Money grant, Money own, Money overhead) {
        return plan.with(new Part(
                HANOI,
                grant,
                List.of(new Contribution("budget", Contribution.CASH, null, own)),
                overhead,
                "Workshops"));
    }

    private static Part part(String city, long grant, String own, String overhead) {
        return new Part(
                city,
                euros(grant),
                List.of(new Contribution("budget", Contribution.CASH, null, Money.of(own, "EUR"))),
                Money.of(overhead, "EUR"),
                "");
    }

    private static List<Milestone> dueOn(List<Milestone> milestones, LocalDate day) {
        return milestones.stream()
                .map(it -> new Milestone(it.id(), it.title(), day, it.tranche(), it.weight()))
                .toList();
    }

    private static List<Milestone> earning(String tranche, List<Milestone> milestones) {
        List<Milestone> all = new ArrayList<>();
        for (Milestone it : milestones) all.add(new Milestone(it.id(), it.title(), it.due(), tranche, it.weight()));
        return all;
    }

    private static Money euros(long cents) {
        return new Money(BigDecimal.valueOf(cents, 2), "EUR");
    }

    @Provide
    Arbitrary<Written> written() {
        Arbitrary<Long> cents = Arbitraries.longs().between(0, 10_000_000);
        Arbitrary<LocalDate> days = Arbitraries.longs().between(0, 2_000).map(LocalDate.parse("2027-01-01")::plusDays);
        return Combinators.combine(
                        cents, cents, cents, days, Arbitraries.integers().between(0, 1_200))
                .as(Written::new);
    }

    @Provide
    Arbitrary<Parameters> parameters() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.integers().between(1, 30),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.longs().between(10_000, 20_000_000),
                        Arbitraries.integers().between(1, 999))
                .as(Parameters::new);
    }
}
