package koinon.projects.call;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import koinon.platform.model.Invalid.Violation;
import koinon.platform.model.Money;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Plan;
import org.jspecify.annotations.Nullable;

/// A rule of a call, as a record of its parameters: it judges a plan and says what would make it pass.
///
/// In terms and events a rule is an entry `{"kind": "partners", "min": 3}`: the kind is the record's name in lower
/// case, the other members are its components. [RuleBook] reads entries into these records, so a new kind is one
/// new record here and nothing else. A component is an `Integer`, a `BigDecimal` or a `List<String>`, `@Nullable`
/// where it may be left out; a canonical constructor refuses what makes no sense.
public sealed interface Rule {

    Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    String NO_COUNTRY = "A country's two letters of ISO 3166-1, such as VN, are expected.";
    String NO_FIELD = "One of " + String.join(", ", KnownCity.FIELDS) + " is expected.";

    /// What rules look at.
    ///
    /// @param cities what is known of the plan's cities; one that is not known is missing
    /// @param currency the call's, in which amounts are judged
    record Facts(Plan plan, String lead, Map<String, KnownCity> cities, String currency) {

        private Stream<KnownCity> partners() {
            return plan.cities().stream().map(cities::get).filter(Objects::nonNull);
        }
    }

    Finding judge(Facts facts);

    /// What it names that no city can have: refused when terms are written, and only then, so that what froze with an
    /// older call is judged on.
    ///
    /// @return each with its place in the rule's entry
    default List<Violation> strange() {
        return List.of();
    }

    /// How many cities work together, the lead among them.
    record Partners(@Nullable Integer min, @Nullable Integer max) implements Rule {

        public Partners {
            ordered(min, max);
        }

        @Override
        public Finding judge(Facts facts) {
            return counted("partners", facts.plan().cities(), min, max, "partner cities");
        }
    }

    /// From how many countries they come.
    record Countries(@Nullable Integer min, @Nullable Integer max) implements Rule {

        public Countries {
            ordered(min, max);
        }

        @Override
        public Finding judge(Facts facts) {
            List<String> countries = facts.partners()
                    .map(KnownCity::country)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            return counted("countries", countries, min, max, "countries");
        }
    }

    /// Which city may lead: from these countries, of these fields, in these states; what is left out admits all.
    record Lead(
            @Nullable List<String> countries,
            @Nullable List<String> fields,
            @Nullable List<String> states) implements Rule {

        public Lead {
            if (countries == null && fields == null && states == null)
                throw new IllegalArgumentException("It names countries, fields or states.");
            if (states != null)
                for (String state : states)
                    if (Stream.of(KnownCity.State.values())
                            .noneMatch(it -> it.name().equals(state)))
                        throw new IllegalArgumentException(state + " is no state of a city.");
        }

        @Override
        public List<Violation> strange() {
            List<Violation> strange = new ArrayList<>();
            if (countries != null) strange.addAll(unknown("/countries", countries, COUNTRIES, NO_COUNTRY));
            if (fields != null) strange.addAll(unknown("/fields", fields, KnownCity.FIELDS, NO_FIELD));
            return strange;
        }

        @Override
        public Finding judge(Facts facts) {
            @Nullable KnownCity city = facts.cities().get(facts.lead());
            if (city == null)
                return Finding.of("lead", false, facts.lead() + " leads and is not known.", "Let a known city lead.");
            boolean met = admits(countries, city.country())
                    && admits(fields, city.field())
                    && admits(states, city.state() == null ? null : city.state().name());
            return Finding.of(
                    "lead",
                    met,
                    city.label() + " leads: " + said(city.country()) + ", " + said(city.field()) + ", "
                            + said(city.state()) + ".",
                    "Let a city lead that this call admits" + named(" from ", countries)
                            + named(" of the field ", fields) + named(", ", states) + ".");
        }
    }

    /// Which creative fields the partners may have; a city outside the network has none and is admitted.
    record Fields(List<String> admitted) implements Rule {

        public Fields {
            if (admitted.isEmpty()) throw new IllegalArgumentException("It names at least one field.");
        }

        @Override
        public List<Violation> strange() {
            return unknown("/admitted", admitted, KnownCity.FIELDS, NO_FIELD);
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
                            ? "Every partner city's field is admitted."
                            : "Not admitted: " + String.join(", ", others) + ".",
                    "Work with cities of these fields: " + String.join(", ", admitted) + ".");
        }
    }

    /// What all partners together may ask for, in the call's currency.
    record Grant(@Nullable BigDecimal min, @Nullable BigDecimal max) implements Rule {

        public Grant {
            ordered(min, max);
        }

        @Override
        public Finding judge(Facts facts) {
            Money asked = facts.plan().grantIn(facts.currency());
            boolean low = min != null && asked.amount().compareTo(min) < 0;
            boolean high = max != null && asked.amount().compareTo(max) > 0;
            return Finding.of(
                    "grant",
                    !low && !high,
                    "The partners ask for " + asked + ".",
                    low
                            ? "Ask for at least " + said(min) + " " + facts.currency() + "."
                            : "Ask for at most " + said(max) + " " + facts.currency() + ".");
        }
    }

    /// The least part of the budget that the partners bring themselves.
    ///
    /// @param min of 1
    record CoFinancing(BigDecimal min) implements Rule {

        public CoFinancing {
            share(min);
        }

        @Override
        public Finding judge(Facts facts) {
            Money own = facts.plan().coFinancingIn(facts.currency());
            Money budget = facts.plan().budgetIn(facts.currency());
            return Finding.of(
                    "co-financing",
                    own.amount().compareTo(budget.amount().multiply(min)) >= 0,
                    "The partners bring " + own + " of a budget of " + budget + ".",
                    "Bring at least " + percent(min) + " of the budget yourselves.");
        }
    }

    /// How long it may last.
    ///
    /// @param min whole months
    /// @param max whole months
    record Duration(@Nullable Integer min, @Nullable Integer max) implements Rule {

        public Duration {
            ordered(min, max);
        }

        @Override
        public Finding judge(Facts facts) {
            @Nullable LocalDate from = facts.plan().startsOn();
            @Nullable LocalDate to = facts.plan().endsOn();
            if (from == null || to == null)
                return Finding.of("duration", false, "It has no dates.", "Name the first and the last day.");
            LocalDate end = to.plusDays(1);
            boolean brief = min != null && end.isBefore(from.plusMonths(min));
            boolean lengthy = max != null && end.isAfter(from.plusMonths(max));
            return Finding.of(
                    "duration",
                    !brief && !lengthy,
                    "It lasts from " + from + " to " + to + ", " + ChronoUnit.MONTHS.between(from, end)
                            + " full months.",
                    brief ? "Plan at least " + said(min) + " months." : "Plan at most " + said(max) + " months.");
        }
    }

    /// The greatest part of the budget that may be overhead.
    ///
    /// @param max of 1
    record Overhead(BigDecimal max) implements Rule {

        public Overhead {
            share(max);
        }

        @Override
        public Finding judge(Facts facts) {
            Money overhead = facts.plan().overheadIn(facts.currency());
            Money budget = facts.plan().budgetIn(facts.currency());
            return Finding.of(
                    "overhead",
                    overhead.amount().compareTo(budget.amount().multiply(max)) <= 0,
                    "Overhead is " + overhead + " of a budget of " + budget + ".",
                    "Plan at most " + percent(max) + " of the budget as overhead.");
        }
    }

    private static Finding counted(
            String rule, List<String> what, @Nullable Integer min, @Nullable Integer max, String noun) {
        boolean few = min != null && what.size() < min;
        boolean many = max != null && what.size() > max;
        return Finding.of(
                rule,
                !few && !many,
                "There are " + what.size() + " " + noun + ": " + String.join(", ", what) + ".",
                few
                        ? "At least " + said(min) + " " + noun + " must take part."
                        : "At most " + said(max) + " " + noun + " may take part.");
    }

    private static List<Violation> unknown(
            String pointer, List<String> named, Collection<String> known, String otherwise) {
        return IntStream.range(0, named.size())
                .filter(it -> !known.contains(named.get(it)))
                .mapToObj(it -> new Violation(pointer + "/" + it, otherwise))
                .toList();
    }

    private static <T extends Comparable<T>> void ordered(@Nullable T min, @Nullable T max) {
        if (min == null && max == null) throw new IllegalArgumentException("It names min, max or both.");
        if (min != null && max != null && min.compareTo(max) > 0)
            throw new IllegalArgumentException("Its min is above its max.");
        if (negative(min) || negative(max)) throw new IllegalArgumentException("It is not negative.");
    }

    private static boolean negative(@Nullable Object bound) {
        return bound != null && bound.toString().startsWith("-");
    }

    private static void share(BigDecimal share) {
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0)
            throw new IllegalArgumentException("A share lies between 0 and 1.");
    }

    private static boolean admits(@Nullable List<String> admitted, @Nullable String what) {
        return admitted == null || (what != null && admitted.contains(what));
    }

    private static String named(String before, @Nullable List<String> names) {
        return names == null ? "" : before + names.stream().collect(Collectors.joining(" or "));
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    private static String said(@Nullable Object what) {
        return switch (what) {
            case null -> "none";
            case BigDecimal it -> it.toPlainString();
            case Object it -> it.toString();
        };
    }
}
