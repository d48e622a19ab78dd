package koinon.projects.call.rules;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import org.jspecify.annotations.Nullable;

/// Checks of the parameters of rules.
final class RuleParameters {

    private RuleParameters() {}

    static List<Violation> unknown(
            String pointer, List<String> named, Collection<String> known, String key, String otherwise) {
        return IntStream.range(0, named.size())
                .filter(it -> !known.contains(named.get(it)))
                .mapToObj(it -> new Violation(pointer + "/" + it, key, otherwise))
                .toList();
    }

    static List<Violation> unknownGroups(String pointer, List<String> named, Set<String> known) {
        return IntStream.range(0, named.size())
                .filter(it -> !known.contains(named.get(it)))
                .mapToObj(it -> new Violation(
                        pointer + "/" + it, "call.no-such-group", "There is no group %s.", "group", named.get(it)))
                .toList();
    }

    static <T extends Comparable<T>> void ordered(@Nullable T min, @Nullable T max) {
        if (min == null && max == null) throw new IllegalArgumentException("It names min, max or both.");
        if (min != null && max != null && min.compareTo(max) > 0)
            throw new IllegalArgumentException("Its min is above its max.");
        if (negative(min) || negative(max)) throw new IllegalArgumentException("It is not negative.");
    }

    static boolean negative(@Nullable Object bound) {
        return bound != null && bound.toString().startsWith("-");
    }

    static BigDecimal share(String name, @Nullable BigDecimal given) {
        BigDecimal share = required(name, given);
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0)
            throw new IllegalArgumentException("A share lies between 0 and 1.");
        return exact(share);
    }

    /// One form of a decimal, however it was written.
    static BigDecimal exact(BigDecimal decimal) {
        return new BigDecimal(decimal.stripTrailingZeros().toPlainString());
    }

    static <T> T required(String name, @Nullable T value) {
        if (value == null) throw new ValidationFailed("/" + name, "validation.required", "This is required.");
        return value;
    }

    static boolean admits(@Nullable List<String> admitted, @Nullable String what) {
        return admitted == null || (what != null && admitted.contains(what));
    }
}
