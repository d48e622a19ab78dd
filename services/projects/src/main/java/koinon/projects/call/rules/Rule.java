package koinon.projects.call.rules;

import static koinon.projects.call.rules.RuleParameters.exact;
import static koinon.projects.call.rules.RuleParameters.ordered;
import static koinon.projects.call.rules.RuleParameters.required;
import static koinon.projects.call.rules.RuleParameters.share;
import static koinon.projects.call.rules.RuleParameters.unknown;
import static koinon.projects.call.rules.RuleSentences.counted;
import static koinon.projects.call.rules.RuleSentences.distinct;
import static koinon.projects.call.rules.RuleSentences.either;
import static koinon.projects.call.rules.RuleSentences.listed;
import static koinon.projects.call.rules.RuleSentences.payable;
import static koinon.projects.call.rules.RuleSentences.percent;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Money;
import koinon.eventing.value.OfKind;
import koinon.eventing.value.Sentence;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Plan;
import org.jspecify.annotations.Nullable;

/// A rule of a call, as a record of its parameters: it judges a plan and names the remedy.
///
/// In terms, events and requests a rule is an entry `{"kind": "partners", "min": 3}` ([OfKind]), so no other class here
/// names a kind; CONTRIBUTING says where its words are. A long rule has a file of its own. A component is an `Integer`,
/// a `BigDecimal` or a `List<String>`, `@Nullable` when it is optional; the canonical constructor rejects invalid
/// values.
public sealed interface Rule extends OfKind
        permits Rule.Partners,
                Rule.Countries,
                Rule.Regions,
                Lead,
                Rule.Groups,
                Rule.Fields,
                Rule.Grant,
                Rule.CoFinancing,
                Rule.Duration,
                Rule.Overhead {

    Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    String NO_COUNTRY = "A country's two letters of ISO 3166-1, such as VN, are expected.";
    String NO_FIELD = "One of " + String.join(", ", KnownCity.FIELDS) + " is expected.";

    /// The facts that rules judge.
    ///
    /// @param cities the known cities of the plan, by id; an unknown city is absent
    /// @param currency the call's currency, in which amounts are judged
    record Facts(Plan plan, String lead, Map<String, KnownCity> cities, String currency) {

        Stream<KnownCity> partners() {
            return plan.cities().stream().map(cities::get).filter(Objects::nonNull);
        }

        /// The names of groups; the id of a group that is not known.
        List<String> namesOf(List<String> groups) {
            return groups.stream()
                    .map(group -> partners()
                            .flatMap(it -> Stream.ofNullable(it.groupName(group)))
                            .findFirst()
                            .orElse(group))
                    .toList();
        }
    }

    Finding judge(Facts facts);

    /// Parameter values that no city can match. They are rejected only when terms are written, so that a rule of an
    /// older call is still judged.
    ///
    /// @return violations with the pointer within the rule's entry
    default List<Violation> unknownValues() {
        return List.of();
    }

    /// The ids of the groups that it names.
    default List<String> groupIds() {
        return List.of();
    }

    /// Groups that it names and that are not known; rejected only when terms are written.
    ///
    /// @param known those that are known among the ones that it names
    /// @return violations with the pointer within the rule's entry
    default List<Violation> unknownGroups(Set<String> known) {
        return List.of();
    }

    /// The number of partner cities, including the lead.
    record Partners(@Nullable Integer min, @Nullable Integer max) implements Rule {

        public Partners {
            ordered(min, max);
        }

        @Override
        public Finding judge(Facts facts) {
            return counted("partners", facts.plan().cities(), min, max, "partner cities");
        }
    }

    /// The number of countries of the partner cities.
    record Countries(@Nullable Integer min, @Nullable Integer max) implements Rule {

        public Countries {
            ordered(min, max);
        }

        @Override
        public Finding judge(Facts facts) {
            return counted("countries", distinct(facts, KnownCity::country), min, max, "countries");
        }
    }

    /// The number of UNESCO's regions of the partner cities.
    record Regions(@Nullable Integer min, @Nullable Integer max) implements Rule {

        public Regions {
            ordered(min, max);
        }

        @Override
        public Finding judge(Facts facts) {
            return counted("regions", distinct(facts, KnownCity::region), min, max, "regions");
        }
    }

    /// The groups of the partners: each partner city, the lead too, is in one of them.
    ///
    /// @param admitted ids of groups
    record Groups(List<String> admitted) implements Rule {

        public Groups {
            admitted = List.copyOf(required("admitted", admitted));
            if (admitted.isEmpty()) throw new IllegalArgumentException("It names at least one group.");
        }

        @Override
        public List<String> groupIds() {
            return admitted;
        }

        @Override
        public List<Violation> unknownGroups(Set<String> known) {
            return RuleParameters.unknownGroups("/admitted", admitted, known);
        }

        @Override
        public Finding judge(Facts facts) {
            List<String> others = facts.plan().cities().stream()
                    .filter(it -> !isAdmitted(facts.cities().get(it)))
                    .map(it -> label(it, facts.cities().get(it)))
                    .toList();
            return Finding.of(
                            "groups",
                            others.isEmpty(),
                            others.isEmpty()
                                    ? Sentence.of(
                                            "groups.admitted", "Every partner city is in a group that is admitted.")
                                    : Sentence.of(
                                            "groups.not-admitted",
                                            "In no group that is admitted: %s.",
                                            "cities",
                                            listed(others)),
                            Sentence.of(
                                    "groups.work-with",
                                    "Work with cities that are in %s.",
                                    "groups",
                                    either(facts.namesOf(admitted))))
                    .at(FieldPointers.PARTNERS);
        }

        private boolean isAdmitted(@Nullable KnownCity city) {
            return city != null && city.isInAnyOf(admitted);
        }

        private static String label(String id, @Nullable KnownCity city) {
            return city == null ? id : city.label();
        }
    }

    /// The creative fields of the partners; a city outside the network has no field and is always allowed.
    record Fields(List<String> admitted) implements Rule {

        public Fields {
            admitted = List.copyOf(required("admitted", admitted));
            if (admitted.isEmpty()) throw new IllegalArgumentException("It names at least one field.");
        }

        @Override
        public List<Violation> unknownValues() {
            return unknown("/admitted", admitted, KnownCity.FIELDS, "validation.field", NO_FIELD);
        }

        @Override
        public Finding judge(Facts facts) {
            List<String> others = facts.partners()
                    .filter(it -> it.field() != null && !admitted.contains(it.field()))
                    .map(it -> it.label() + " (" + it.field() + ")")
                    .toList();
            return Finding.of(
                            "fields",
                            others.isEmpty(),
                            others.isEmpty()
                                    ? Sentence.of("fields.admitted", "Every partner city's field is admitted.")
                                    : Sentence.of("fields.not-admitted", "Not admitted: %s.", "cities", listed(others)),
                            Sentence.of(
                                    "fields.work-with",
                                    "Work with cities of these fields: %s.",
                                    "fields",
                                    listed(admitted)))
                    .at(FieldPointers.PARTNERS);
        }
    }

    /// The total grant of all partners, in the call's currency.
    record Grant(@Nullable BigDecimal min, @Nullable BigDecimal max) implements Rule {

        public Grant {
            ordered(min, max);
            min = min == null ? null : exact(min);
            max = max == null ? null : exact(max);
        }

        @Override
        public Finding judge(Facts facts) {
            Money asked = facts.plan().grantIn(facts.currency());
            boolean low = min != null && asked.amount().compareTo(min) < 0;
            boolean high = max != null && asked.amount().compareTo(max) > 0;
            return Finding.of(
                            "grant",
                            !low && !high,
                            Sentence.of("grant.asked", "The partners ask for %s.", "amount", asked.toString()),
                            low
                                    ? Sentence.of(
                                            "grant.ask-at-least",
                                            "Ask for at least %s.",
                                            "amount",
                                            payable(min, RoundingMode.CEILING, facts))
                                    : Sentence.of(
                                            "grant.ask-at-most",
                                            "Ask for at most %s.",
                                            "amount",
                                            payable(max, RoundingMode.FLOOR, facts)))
                    .at(FieldPointers.grants(facts.plan().cities()));
        }
    }

    /// The smallest share of the budget that the partners contribute themselves.
    ///
    /// @param min 0 to 1
    record CoFinancing(BigDecimal min) implements Rule {

        public CoFinancing {
            min = share("min", min);
        }

        @Override
        public Finding judge(Facts facts) {
            Money own = facts.plan().coFinancingIn(facts.currency());
            Money budget = facts.plan().budgetIn(facts.currency());
            return Finding.of(
                            "co-financing",
                            own.amount().compareTo(budget.amount().multiply(min)) >= 0,
                            Sentence.of(
                                    "co-financing.brought",
                                    "The partners bring %s of a budget of %s.",
                                    "amount",
                                    own.toString(),
                                    "budget",
                                    budget.toString()),
                            remedy(facts))
                    .at(FieldPointers.parts(facts.plan().cities()));
        }

        /// What the partners bring is part of the budget: with the same grant, `own >= min * (grant + own)`.
        private Sentence remedy(Facts facts) {
            BigDecimal grant = facts.plan().grantIn(facts.currency()).amount();
            BigDecimal others = BigDecimal.ONE.subtract(min);
            if (others.signum() == 0)
                return Sentence.of("co-financing.bring-all", "Bring the whole budget yourselves and ask for no grant.");
            BigDecimal own = grant.multiply(min).divide(others, MathContext.DECIMAL128);
            return Sentence.of(
                    "co-financing.bring-at-least",
                    "Bring at least %s of the budget yourselves: beside this grant, %s or more.",
                    "share",
                    percent(min),
                    "amount",
                    payable(own, RoundingMode.CEILING, facts));
        }
    }

    /// The duration of the project.
    ///
    /// @param min whole months
    /// @param max whole months
    record Duration(@Nullable Integer min, @Nullable Integer max) implements Rule {

        public Duration {
            ordered(min, max);
        }

        @Override
        public Finding judge(Facts facts) {
            return judged(facts).at(FieldPointers.STARTS_ON, FieldPointers.ENDS_ON);
        }

        private Finding judged(Facts facts) {
            @Nullable LocalDate from = facts.plan().startsOn();
            @Nullable LocalDate to = facts.plan().endsOn();
            if (from == null || to == null)
                return Finding.of(
                        "duration",
                        false,
                        Sentence.of("duration.no-dates", "It has no dates."),
                        Sentence.of("duration.name-dates", "Name the first and the last day."));
            FullMonths lasts = FullMonths.between(from, to);
            if (min != null && lasts.isShorterThan(min))
                return Finding.of(
                        "duration",
                        false,
                        lasts.sentence(),
                        Sentence.of(
                                "duration.plan-at-least",
                                "Plan at least %s months: let it end on %s or later.",
                                "months",
                                min,
                                "end",
                                FullMonths.lastDay(from, min)));
            if (max != null && lasts.isLongerThan(max))
                return Finding.of(
                        "duration",
                        false,
                        lasts.sentence(),
                        Sentence.of(
                                "duration.plan-at-most",
                                "Plan at most %s months: let it end on %s or earlier.",
                                "months",
                                max,
                                "end",
                                FullMonths.lastDay(from, max)));
            return Finding.met("duration", lasts.sentence());
        }
    }

    /// The largest share of the budget that may be overhead.
    ///
    /// @param max 0 to 1
    record Overhead(BigDecimal max) implements Rule {

        public Overhead {
            max = share("max", max);
        }

        @Override
        public Finding judge(Facts facts) {
            Money overhead = facts.plan().overheadIn(facts.currency());
            Money budget = facts.plan().budgetIn(facts.currency());
            return Finding.of(
                            "overhead",
                            overhead.amount().compareTo(budget.amount().multiply(max)) <= 0,
                            Sentence.of(
                                    "overhead.planned",
                                    "Overhead is %s of a budget of %s.",
                                    "amount",
                                    overhead.toString(),
                                    "budget",
                                    budget.toString()),
                            Sentence.of(
                                    "overhead.plan-at-most",
                                    "Plan at most %s of the budget as overhead: of this budget, %s or less.",
                                    "share",
                                    percent(max),
                                    "amount",
                                    payable(budget.amount().multiply(max), RoundingMode.FLOOR, facts)))
                    .at(FieldPointers.parts(facts.plan().cities()));
        }
    }
}
