package koinon.projects.proposal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import koinon.platform.model.Money;
import koinon.projects.call.Call;
import koinon.projects.call.Finding;
import koinon.projects.call.Rule;
import koinon.projects.call.Terms;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;

/// Whether a plan may be submitted, rule by rule: those of its call and those that hold for every call. People see it
/// while they write, and submission asks the very same.
///
/// @param ready whether every rule is met
record Readiness(boolean ready, List<Finding> findings) {

    /// The rules that are judged on totals of what the partners ask for and bring.
    private static final Set<String> OF_TOTALS = Set.of("grants", "grant", "co-financing", "overhead");

    private Readiness(List<Finding> findings) {
        this(findings.stream().allMatch(Finding::met), List.copyOf(findings));
    }

    /// Judges a plan at a moment.
    ///
    /// @param until the deadline of a returned proposal, which stands for the call's
    /// @param cities what is known of the plan's cities
    static Readiness of(
            Partnership partnership,
            String lead,
            Call call,
            @Nullable Deadline until,
            Map<String, KnownCity> cities,
            Instant now) {
        Plan plan = partnership.plan();
        Terms terms = call.terms();
        List<Finding> findings = new ArrayList<>();
        findings.add(until == null ? open(call, now) : returned(until, now));
        findings.add(Finding.of(
                "summary",
                !plan.summary().isBlank(),
                plan.summary().isBlank() ? "There is no summary." : "There is a summary.",
                "Say in a few sentences what the cities want to do."));
        findings.add(dates(plan));
        findings.add(members(plan, cities));
        findings.add(written(plan));
        findings.add(committed(partnership));
        findings.add(size(plan));
        findings.add(milestones(plan));
        findings.add(milestoneDates(plan));
        findings.addAll(tranches(plan, terms));
        findings.add(grants(plan, terms));
        findings.addAll(terms.judge(new Rule.Facts(plan, lead, cities, terms.currency())));
        return new Readiness(findings);
    }

    /// The same for who may not see every city's budget: without what is judged on a total, since whoever writes one
    /// part could try out until when it is met, and so learn the others.
    Readiness withoutTotals() {
        return new Readiness(
                findings.stream().filter(it -> !OF_TOTALS.contains(it.rule())).toList());
    }

    /// What is not met, as one text.
    String missing() {
        return findings.stream()
                .filter(it -> !it.met())
                .map(it -> it.rule() + ": " + it.fact() + " " + it.remedy())
                .collect(Collectors.joining(" "));
    }

    private static Finding open(Call call, Instant now) {
        Terms terms = call.terms();
        boolean open = call.isOpen(now);
        String fact = "The call is " + call.state() + ", opens at " + terms.opens() + " and closes at " + terms.closes()
                + ".";
        return Finding.of("call-open", open, fact, "Submit while the call is open.");
    }

    private static Finding returned(Deadline until, Instant now) {
        return Finding.of(
                "call-open",
                !until.isPast(now),
                "It was returned until " + until + ".",
                "The time to mend it is over; the secretariat decides on what was last submitted.");
    }

    private static Finding dates(Plan plan) {
        @Nullable LocalDate from = plan.startsOn();
        @Nullable LocalDate to = plan.endsOn();
        if (from == null || to == null)
            return Finding.of("dates", false, "A date is missing.", "Name the first and the last day.");
        return Finding.of(
                "dates",
                !to.isBefore(from),
                "It starts on " + from + " and ends on " + to + ".",
                "Let it end after it starts.");
    }

    private static Finding members(Plan plan, Map<String, KnownCity> cities) {
        List<String> gone = plan.cities().stream()
                .filter(it -> !cities.containsKey(it) || !cities.get(it).mayTakePart())
                .toList();
        return Finding.of(
                "partner-cities",
                gone.isEmpty(),
                gone.isEmpty()
                        ? "Every partner city is known and may take part."
                        : "Not known, or has left: " + String.join(", ", gone) + ".",
                "Remove these cities, or invite others.");
    }

    private static Finding written(Plan plan) {
        List<String> unwritten = plan.parts().stream()
                .filter(it -> !it.isWritten())
                .map(Part::city)
                .toList();
        return Finding.of(
                "parts",
                unwritten.isEmpty(),
                unwritten.isEmpty()
                        ? "Every partner city has written its part."
                        : "Not written: the part of " + String.join(", ", unwritten) + ".",
                "Each of these cities writes what it asks for, brings and does.");
    }

    private static Finding committed(Partnership partnership) {
        List<String> missing = partnership.plan().cities().stream()
                .filter(it -> partnership.standing(it) != Partnership.Standing.COMMITTED)
                .map(it -> it + " (" + partnership.standing(it) + ")")
                .toList();
        return Finding.of(
                "commitments",
                missing.isEmpty(),
                missing.isEmpty()
                        ? "Every partner city stands by its part."
                        : "Not committed: " + String.join(", ", missing) + ".",
                "A signatory of each of these cities commits to its part as it is written.");
    }

    private static Finding size(Plan plan) {
        return Finding.of(
                "size",
                plan.size() <= Plan.MOST_TEXT,
                "All that is written takes about " + (plan.size() + 1023) / 1024 + " KB.",
                "Say it shorter: all of it together takes at most " + Plan.MOST_TEXT / 1024 + " KB.");
    }

    private static Finding milestones(Plan plan) {
        int count = plan.milestones().size();
        return Finding.of("milestones", count > 0, "There are " + count + " milestones.", "Plan at least one.");
    }

    private static Finding milestoneDates(Plan plan) {
        @Nullable LocalDate from = plan.startsOn();
        @Nullable LocalDate to = plan.endsOn();
        List<String> outside = plan.milestones().stream()
                .filter(it -> from == null
                        || to == null
                        || it.due().isBefore(from)
                        || it.due().isAfter(to))
                .map(Milestone::id)
                .toList();
        return Finding.of(
                "milestone-dates",
                outside.isEmpty(),
                outside.isEmpty()
                        ? "Every milestone lies within the dates."
                        : "Outside the dates: " + String.join(", ", outside) + ".",
                "Put every milestone between the first and the last day.");
    }

    private static List<Finding> tranches(Plan plan, Terms terms) {
        List<String> earning = terms.tranches().stream()
                .filter(Tranche::waitsForMilestones)
                .map(Tranche::id)
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (String tranche : earning) {
            BigDecimal weight = plan.weightOf(tranche);
            findings.add(Finding.of(
                    "milestone-weights/" + tranche,
                    weight.compareTo(BigDecimal.ONE) == 0,
                    "The milestones of the tranche " + tranche + " weigh "
                            + weight.movePointRight(2).stripTrailingZeros().toPlainString() + " %.",
                    "Let them weigh 100 % together."));
        }
        List<String> astray = plan.milestones().stream()
                .filter(it -> !it.tranche().isEmpty() && !earning.contains(it.tranche()))
                .map(it -> it.id() + " (" + it.tranche() + ")")
                .toList();
        findings.add(Finding.of(
                "milestone-tranches",
                astray.isEmpty(),
                astray.isEmpty()
                        ? "No milestone names a tranche that milestones do not earn."
                        : "These name a tranche that no milestone earns: " + String.join(", ", astray) + ".",
                earning.isEmpty() ? "Name no tranche." : "Name one of these: " + String.join(", ", earning) + "."));
        return findings;
    }

    private static Finding grants(Plan plan, Terms terms) {
        Money asked = plan.grantIn(terms.currency());
        if (!terms.givesGrant())
            return Finding.of(
                    "grants", !asked.isPositive(), "The partners ask for " + asked + ".", "The call gives no grant.");
        return Finding.of(
                "grants",
                terms.split(asked).stream().allMatch(Money::isPositive),
                "The partners ask for " + asked + ", which " + terms.funds().size() + " funds would share.",
                "Ask for so much that every fund has something to pay.");
    }
}
