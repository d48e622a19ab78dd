package koinon.platform.model.bounds;

import java.math.BigDecimal;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// The bounds of what people enter, as aggregates hold them themselves: whatever reads a request, none gets past them.
///
/// Each method returns the value that is within its bound, and throws [Invalid] with the pointer otherwise.
public final class Bounds {

    /// The most characters of a reason.
    public static final int LONGEST_REASON = 2_000;

    private static final int FRACTION_DECIMALS = 4;

    private Bounds() {}

    /// A text that is there: not blank, and at most so many characters.
    public static String text(String pointer, @Nullable String text, int most) {
        if (text == null || text.isBlank()) throw new Invalid(pointer, "This is required.");
        return atMost(pointer, text, most);
    }

    /// A text that may be empty. It has no control characters, which no reader can see and some databases refuse,
    /// except those that lay out lines.
    public static String atMost(String pointer, @Nullable String text, int most) {
        if (text == null) throw new Invalid(pointer, "This is required.");
        if (text.codePointCount(0, text.length()) > most)
            throw new Invalid(pointer, "At most %d characters are allowed.".formatted(most));
        if (text.chars().anyMatch(Bounds::isControl)) throw new Invalid(pointer, "Control characters are not allowed.");
        return text;
    }

    private static boolean isControl(int it) {
        return it == 0x7f || (it < ' ' && it != '\t' && it != '\n' && it != '\r');
    }

    /// Why somebody decided something.
    public static String reason(@Nullable String reason) {
        return text("/reason", reason, LONGEST_REASON);
    }

    /// A part of one: from 0 to 1, with at most four decimals.
    public static BigDecimal fraction(String pointer, @Nullable BigDecimal value) {
        if (value == null
                || value.signum() < 0
                || value.compareTo(BigDecimal.ONE) > 0
                || value.stripTrailingZeros().scale() > FRACTION_DECIMALS)
            throw new Invalid(pointer, "A number from 0 to 1 with at most four decimals is expected.");
        return value;
    }

    /// An amount that a person can have entered: not negative, and below the bound of its currency.
    public static Money amount(String pointer, @Nullable Money money) {
        if (money == null) throw new Invalid(pointer, "This is required.");
        if (money.isNegative()) throw new Invalid(pointer + "/amount", "An amount is not negative.");
        if (money.isBeyondEntry()) throw new Invalid(pointer + "/amount", money.entryBound());
        return money;
    }
}
