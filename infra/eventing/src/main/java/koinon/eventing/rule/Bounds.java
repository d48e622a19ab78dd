package koinon.eventing.rule;

import java.math.BigDecimal;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// The bounds of values that people enter. Aggregates check them, so that they hold whatever reads the request.
///
/// Each method returns the value that is within its bound, and throws [ValidationFailed] with the pointer
/// otherwise.
public final class Bounds {

    /// The most characters of a reason.
    public static final int LONGEST_REASON = 2_000;

    private static final int FRACTION_DECIMALS = 4;

    private Bounds() {}

    /// A text that is not blank and has at most so many characters.
    public static String text(String pointer, @Nullable String text, int most) {
        if (text == null || text.isBlank())
            throw new ValidationFailed(pointer, "validation.required", "This is required.");
        return atMost(pointer, text, most);
    }

    /// A text that may be empty. It has no control characters, which no reader can see and some databases refuse,
    /// except those that lay out lines.
    public static String atMost(String pointer, @Nullable String text, int most) {
        if (text == null) throw new ValidationFailed(pointer, "validation.required", "This is required.");
        if (text.codePointCount(0, text.length()) > most)
            throw new ValidationFailed(
                    pointer, "validation.characters", "At most %s characters are allowed.", "max", most);
        if (text.chars().anyMatch(Bounds::isControl))
            throw new ValidationFailed(pointer, "validation.control-characters", "Control characters are not allowed.");
        return text;
    }

    private static boolean isControl(int it) {
        return it == 0x7f || (it < ' ' && it != '\t' && it != '\n' && it != '\r');
    }

    /// The reason of a decision.
    public static String reason(@Nullable String reason) {
        return text("/reason", reason, LONGEST_REASON);
    }

    /// A part of one: from 0 to 1, with at most four decimals.
    public static BigDecimal fraction(String pointer, @Nullable BigDecimal value) {
        if (value == null
                || value.signum() < 0
                || value.compareTo(BigDecimal.ONE) > 0
                || value.stripTrailingZeros().scale() > FRACTION_DECIMALS)
            throw new ValidationFailed(
                    pointer, "validation.fraction", "A number from 0 to 1 with at most four decimals is expected.");
        return value;
    }

    /// An amount that a person can have entered: not negative, and below the bound of its currency.
    public static Money amount(String pointer, @Nullable Money money) {
        if (money == null) throw new ValidationFailed(pointer, "validation.required", "This is required.");
        if (money.isNegative())
            throw new ValidationFailed(pointer + "/amount", "validation.amount-negative", "An amount is not negative.");
        if (money.isBeyondEntry()) throw new ValidationFailed(pointer + "/amount", money.entryBound());
        return money;
    }
}
