package koinon.projects.proposal.readiness;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.eventing.action.Deadline;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.projects.call.Call;
import koinon.projects.call.Terms;
import koinon.projects.call.rules.FieldPointers;
import koinon.projects.call.rules.Finding;
import koinon.projects.call.rules.Rule;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;

/// Whether a plan may be submitted: the findings of the call's rules and of the rules of every call. It is shown
/// while the plan is written, and submission uses the same code.
///
/// @param ready whether every rule is met
public record Readiness(boolean ready, List<Finding> findings) {

    /// The rules that judge what partners write and agree to once they have a proposal, and those of its milestones.
    private static final Pattern OF_WRITING = Pattern.compile(
            "summary|parts|commitments|size|milestones|milestone-dates|milestone-tranches|tranche-milestones/.*");

    /// The rules that judge the dates.
    private static final Set<String> OF_DATES = Set.of("dates", "duration");

    /// The rules that judge totals of all partners.
    private static final Set<String> OF_TOTALS = Set.of("grants", "grant", "co-financing", "overhead");

    private Readiness(List<Finding> findings) {
        this(findings.stream().allMatch(Finding::met), List.copyOf(findings));
    }

    /// Judges a plan at a given time.
    ///
    /// @param uncommitted the partner cities that are not committed, each with its state
    /// @param until the deadline of a returned proposal, which replaces the call's deadline
    /// @param cities the known cities of the plan, by id
    public static Readiness of(
            Plan plan,
            Map<String, ?> uncommitted,
            String lead,
            Call call,
            @Nullable Deadline until,
            Map<String, KnownCity> cities,
            Instant now) {
        Terms terms = call.terms();
        List<Finding> findings = new ArrayList<>();
        findings.add(until == null ? open(call, now) : returned(until, now));
        findings.add(Finding.of(
                        "summary",
                        !plan.summary().isBlank(),
                        plan.summary().isBlank()
                                ? Sentence.of("summary.none", "There is no summary.")
                                : Sentence.of("summary.written", "There is a summary."),
                        Sentence.of("summary.write", "Say in a few sentences what the cities want to do."))
                .at(FieldPointers.SUMMARY));
        findings.add(dates(plan).at(FieldPointers.STARTS_ON, FieldPointers.ENDS_ON));
        findings.add(members(plan, lead, cities));
        findings.add(written(plan));
        findings.add(committed(uncommitted));
        findings.add(size(plan));
        findings.add(milestones(plan));
        findings.add(milestoneDates(plan));
        findings.addAll(tranches(plan, terms));
        findings.add(grants(plan, terms));
        findings.addAll(terms.judge(new Rule.Facts(plan, lead, cities, terms.currency())));
        return new Readiness(findings);
    }

    /// Judges partners before they have a proposal: what it does not say yet is not judged.
    ///
    /// @param plan with the partners; dates and parts if they are known
    public static Readiness beforeDraft(Plan plan, String lead, Call call, Map<String, KnownCity> cities, Instant now) {
        boolean hasDates = plan.startsOn() != null && plan.endsOn() != null;
        boolean hasAmounts = plan.parts().stream().anyMatch(Part::isWritten);
        return new Readiness(of(plan, Map.of(), lead, call, null, cities, now).findings().stream()
                .filter(it -> !OF_WRITING.matcher(it.rule()).matches())
                .filter(it -> hasDates || !OF_DATES.contains(it.rule()))
                .filter(it -> hasAmounts || !OF_TOTALS.contains(it.rule()))
                .toList());
    }

    /// Removes the findings on totals, for callers who may not see every city's budget: by changing its own part, a
    /// partner could find the value at which the rule is met and derive the others' amounts.
    public Readiness withoutTotals() {
        return new Readiness(
                findings.stream().filter(it -> !OF_TOTALS.contains(it.rule())).toList());
    }

    /// @throws RuleViolation where a rule is not met, with all that are not
    public void mustBeReady() {
        if (!ready()) throw new RuleViolation("not-ready", "Not ready. %s", "missing", missing());
    }

    /// The rules that are not met, as one text.
    public String missing() {
        return findings.stream()
                .filter(it -> !it.met())
                .map(it -> it.rule() + ": " + it.fact() + (it.remedy() == null ? "" : " " + it.remedy()))
                .collect(Collectors.joining(" "));
    }

    private static String listed(List<String> names) {
        return String.join(", ", names);
    }

    private static Finding open(Call call, Instant now) {
        Terms terms = call.terms();
        boolean open = call.isOpen(now);
        return Finding.of(
                "call-open",
                open,
                Sentence.of(
                        "call-open.dates",
                        "The call is %s, opens at %s and closes at %s.",
                        "state",
                        call.state().name(),
                        "opens",
                        terms.opens().toString(),
                        "closes",
                        terms.closes().toString()),
                Sentence.of("call-open.submit-while-open", "Submit while the call is open."));
    }

    private static Finding returned(Deadline until, Instant now) {
        return Finding.of(
                "call-open",
                !until.isPast(now),
                Sentence.of("call-open.returned", "It was returned until %s.", "until", until.toString()),
                Sentence.of(
                        "call-open.over",
                        "The time to correct it is over; the secretariat decides on what was last submitted."));
    }

    private static Finding dates(Plan plan) {
        @Nullable LocalDate from = plan.startsOn();
        @Nullable LocalDate to = plan.endsOn();
        if (from == null || to == null)
            return Finding.of(
                    "dates",
                    false,
                    Sentence.of("dates.missing", "A date is missing."),
                    Sentence.of("dates.name", "Name the first and the last day."));
        return Finding.of(
                "dates",
                !to.isBefore(from),
                Sentence.of(
                        "dates.from-to",
                        "It starts on %s and ends on %s.",
                        "from",
                        from.toString(),
                        "to",
                        to.toString()),
                Sentence.of("dates.order", "Let it end on the day it starts, or later."));
    }

    /// Whether every partner city is known and may take part; judged again at each step that later ones rest on.
    public static Finding members(Plan plan, String lead, Map<String, KnownCity> cities) {
        List<String> inadmissible = plan.cities().stream()
                .filter(it -> !cities.containsKey(it) || !cities.get(it).mayTakePart())
                .toList();
        return Finding.of(
                        "partner-cities",
                        inadmissible.isEmpty(),
                        inadmissible.isEmpty()
                                ? Sentence.of(
                                        "partner-cities.admitted", "Every partner city is known and may take part.")
                                : Sentence.of(
                                        "partner-cities.inadmissible",
                                        "Not known, or has left: %s.",
                                        "cities",
                                        listed(inadmissible)),
                        inadmissible.contains(lead)
                                ? Sentence.of(
                                        "partner-cities.lead",
                                        "Let another city draft the proposal: %s leads it and cannot be removed.",
                                        "lead",
                                        lead)
                                : Sentence.of(
                                        "partner-cities.replace",
                                        "Remove these cities; you may invite others in their place."))
                .at(FieldPointers.PARTNERS);
    }

    /// What [#members] finds of cities that have stepped back.
    public static Finding steppedBack(List<String> cities) {
        return Finding.of(
                        "partner-cities",
                        false,
                        Sentence.of("partner-cities.stepped-back", "Has stepped back: %s.", "cities", listed(cities)),
                        Sentence.of("partner-cities.settle", "Settle it with these cities, or go on without them."))
                .at(FieldPointers.PARTNERS);
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
                                ? Sentence.of("parts.written", "Every partner city has written its part.")
                                : Sentence.of(
                                        "parts.unwritten", "Not written: the part of %s.", "cities", listed(unwritten)),
                        Sentence.of("parts.write", "Each of these cities writes what it asks for, brings and does."))
                .at(FieldPointers.parts(unwritten.isEmpty() ? plan.cities() : unwritten));
    }

    private static Finding committed(Map<String, ?> uncommitted) {
        List<String> missing = uncommitted.entrySet().stream()
                .map(it -> it.getKey() + " (" + it.getValue() + ")")
                .toList();
        return Finding.of(
                        "commitments",
                        missing.isEmpty(),
                        missing.isEmpty()
                                ? Sentence.of("commitments.given", "Every partner city stands by its part.")
                                : Sentence.of("commitments.missing", "Not committed: %s.", "cities", listed(missing)),
                        Sentence.of(
                                "commitments.commit",
                                "A signatory of each of these cities commits to its part as it is written."))
                .at(FieldPointers.commitments(uncommitted.keySet()));
    }

    private static Finding size(Plan plan) {
        return Finding.of(
                        "size",
                        plan.size() <= Plan.MOST_TEXT,
                        Sentence.of(
                                "size.taken",
                                "All that is written takes about %s KB.",
                                "size",
                                "" + (plan.size() + 1023) / 1024),
                        Sentence.of(
                                "size.shorten",
                                "Say it shorter: all of it together takes at most %s KB.",
                                "max",
                                "" + Plan.MOST_TEXT / 1024))
                .at(Stream.concat(
                                Stream.of(FieldPointers.SUMMARY, FieldPointers.MILESTONES),
                                FieldPointers.parts(plan.cities()).stream())
                        .toList());
    }

    private static Finding milestones(Plan plan) {
        int count = plan.milestones().size();
        return Finding.of(
                        "milestones",
                        count > 0,
                        Sentence.of("milestones.counted", "There are %s milestones.", "count", "" + count),
                        Sentence.of("milestones.plan", "Plan at least one."))
                .at(FieldPointers.MILESTONES);
    }

    private static Finding milestoneDates(Plan plan) {
        @Nullable LocalDate from = plan.startsOn();
        @Nullable LocalDate to = plan.endsOn();
        Predicate<Milestone> isOutside = it -> from == null
                || to == null
                || it.due().isBefore(from)
                || it.due().isAfter(to);
        List<String> outside =
                plan.milestones().stream().filter(isOutside).map(Milestone::id).toList();
        List<String> fields = fieldOf(plan, isOutside, "due");
        return Finding.of(
                        "milestone-dates",
                        outside.isEmpty(),
                        outside.isEmpty()
                                ? Sentence.of("milestone-dates.within", "Every milestone lies within the dates.")
                                : Sentence.of(
                                        "milestone-dates.outside",
                                        "Outside the dates: %s.",
                                        "milestones",
                                        listed(outside)),
                        Sentence.of("milestone-dates.move", "Put every milestone between the first and the last day."))
                .at(from == null || to == null ? withDates(fields) : fields);
    }

    /// A field of each of these milestones.
    private static List<String> fieldOf(Plan plan, Predicate<Milestone> which, String field) {
        return IntStream.range(0, plan.milestones().size())
                .filter(it -> which.test(plan.milestones().get(it)))
                .mapToObj(it -> FieldPointers.milestone(it, field))
                .toList();
    }

    private static List<String> withDates(List<String> fields) {
        return Stream.concat(Stream.of(FieldPointers.STARTS_ON, FieldPointers.ENDS_ON), fields.stream())
                .toList();
    }

    private static List<Finding> tranches(Plan plan, Terms terms) {
        List<String> earning = terms.tranches().stream()
                .filter(Tranche::waitsForMilestones)
                .map(Tranche::id)
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (String tranche : earning) {
            List<String> milestones = plan.earning(tranche);
            findings.add(Finding.of(
                            "tranche-milestones/" + tranche,
                            !milestones.isEmpty(),
                            milestones.isEmpty()
                                    ? Sentence.of(
                                            "tranche-milestones.none",
                                            "No milestone earns the tranche %s.",
                                            "tranche",
                                            tranche)
                                    : Sentence.of(
                                            "tranche-milestones.earned",
                                            "The tranche %s is earned by %s.",
                                            "tranche",
                                            tranche,
                                            "milestones",
                                            listed(milestones)),
                            Sentence.of("tranche-milestones.name", "Let at least one milestone earn it."))
                    .at(FieldPointers.MILESTONES));
        }
        Predicate<Milestone> isMisplaced = it -> !it.tranche().isEmpty() && !earning.contains(it.tranche());
        List<String> misplaced = plan.milestones().stream()
                .filter(isMisplaced)
                .map(it -> it.id() + " (" + it.tranche() + ")")
                .toList();
        findings.add(Finding.of(
                        "milestone-tranches",
                        misplaced.isEmpty(),
                        misplaced.isEmpty()
                                ? Sentence.of(
                                        "milestone-tranches.fit",
                                        "No milestone names a tranche that milestones do not earn.")
                                : Sentence.of(
                                        "milestone-tranches.misplaced",
                                        "These name a tranche that no milestone earns: %s.",
                                        "milestones",
                                        listed(misplaced)),
                        earning.isEmpty()
                                ? Sentence.of("milestone-tranches.name-none", "Name no tranche.")
                                : Sentence.of(
                                        "milestone-tranches.name-one",
                                        "Name one of these: %s.",
                                        "tranches",
                                        listed(earning)))
                .at(fieldOf(plan, isMisplaced, "tranche")));
        return findings;
    }

    private static Finding grants(Plan plan, Terms terms) {
        Money asked = plan.grantIn(terms.currency());
        if (!terms.givesGrant())
            return Finding.of(
                            "grants",
                            !asked.isPositive(),
                            Sentence.of("grants.asked", "The partners ask for %s.", "amount", asked.toString()),
                            Sentence.of("grants.none", "The call gives no grant."))
                    .at(FieldPointers.grants(plan.cities()));
        return Finding.of(
                        "grants",
                        terms.split(asked).stream().allMatch(Money::isPositive),
                        Sentence.of(
                                "grants.shared",
                                "The partners ask for %s, which %s funds would share.",
                                "amount",
                                asked.toString(),
                                "funds",
                                "" + terms.funds().size()),
                        Sentence.of(
                                "grants.ask-more",
                                "Ask for at least %s, so that every fund has something to pay.",
                                "amount",
                                terms.smallestGrant()))
                .at(FieldPointers.grants(plan.cities()));
    }
}
