package koinon.eventing.rule;

import java.math.BigDecimal;
import koinon.eventing.value.Money;
import koinon.eventing.value.Texts;
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

    /// A text of one line that shows something and has at most so many characters.
    public static String line(String pointer, @Nullable String text, int most) {
        return shown(pointer, text(pointer, text, most, false));
    }

    /// The same of several lines.
    public static String text(String pointer, @Nullable String text, int most) {
        return shown(pointer, text(pointer, text, most, true));
    }

    /// A text of several lines that may be empty.
    public static String atMost(String pointer, @Nullable String text, int most) {
        return text(pointer, text, most, true);
    }

    private static String shown(String pointer, String text) {
        if (text.isEmpty()) throw new ValidationFailed(pointer, "validation.required", "This is required.");
        return text;
    }

    /// As it is stored ([Texts#normal]).
    private static String text(String pointer, @Nullable String text, int most, boolean severalLines) {
        if (text == null) throw new ValidationFailed(pointer, "validation.required", "This is required.");
        Texts.flaw(text, severalLines).ifPresent(it -> {
            throw new ValidationFailed(pointer, it);
        });
        String normal = Texts.normal(text);
        if (Texts.length(normal) > most)
            throw new ValidationFailed(
                    pointer, "validation.characters", "At most %s characters are allowed.", "max", most);
        return normal;
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
