package koinon.projects.call.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.value.Money;
import koinon.eventing.value.Sentence;
import koinon.projects.city.KnownCity;
import org.jspecify.annotations.Nullable;

/// What the sentences of rules have in common: how they count, list and name bounds.
final class RuleSentences {

    private RuleSentences() {}

    /// How many different things there are, judged by the least and the most that are allowed.
    ///
    /// @param noun what they are: `countries`
    static Finding counted(String rule, List<String> what, @Nullable Integer min, @Nullable Integer max, String noun) {
        boolean few = min != null && what.size() < min;
        boolean many = max != null && what.size() > max;
        return Finding.of(
                        rule,
                        !few && !many,
                        Sentence.of(
                                rule + ".counted",
                                "There are %s " + noun + ": %s.",
                                "count",
                                "" + what.size(),
                                "names",
                                listed(what)),
                        few
                                ? Sentence.of(
                                        rule + ".at-least",
                                        "At least %s " + noun + " must take part.",
                                        "min",
                                        text(min))
                                : Sentence.of(
                                        rule + ".at-most", "At most %s " + noun + " may take part.", "max", text(max)))
                .at(FieldPointers.PARTNERS);
    }

    /// The different facts of the partner cities; a city without the fact counts for none.
    static List<String> distinct(Rule.Facts facts, Function<KnownCity, @Nullable String> fact) {
        return facts.partners()
                .flatMap(it -> Stream.ofNullable(fact.apply(it)))
                .distinct()
                .toList();
    }

    static String listed(List<String> names) {
        return String.join(", ", names);
    }

    static String either(List<String> names) {
        return String.join(" or ", names);
    }

    static String named(String before, @Nullable List<String> names) {
        return names == null ? "" : before + names.stream().collect(Collectors.joining(" or "));
    }

    static String percent(BigDecimal share) {
        return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    /// A bound as an amount that can be entered.
    static Money payable(@Nullable BigDecimal bound, RoundingMode rounding, Rule.Facts facts) {
        return Money.rounded(bound == null ? BigDecimal.ZERO : bound, facts.currency(), rounding);
    }

    static String text(@Nullable Object what) {
        return switch (what) {
            case null -> "none";
            case BigDecimal it -> it.toPlainString();
            case Object it -> it.toString();
        };
    }
}
