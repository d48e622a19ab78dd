package koinon.funding.agreement.payment;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.platform.model.Invalid;

/// What identifies a payment outside. Two references are the same whatever their case and spaces are.
///
/// @param text as it was written
public record PaymentReference(Kind kind, String text) {

    /// At most 35 characters of the set that every bank passes on: ISO 20022 `Max35Text` in the Latin set of SEPA
    /// (EPC217-08).
    public static final String FORM = "(?! *$)[A-Za-z0-9/?:().,'+ -]{1,35}";

    private static final Pattern FORM_PATTERN = Pattern.compile(FORM);

    /// Who gives it.
    public enum Kind {
        /// The funder, with the order.
        ORDER,
        /// The bank, with its booking.
        BANK
    }

    /// @param pointer where the request names it
    /// @throws Invalid when it is not of the form
    public static PaymentReference of(Kind kind, String text, String pointer) {
        if (!FORM_PATTERN.matcher(text).matches())
            throw new Invalid(
                    pointer, "A reference has 1 to 35 letters, digits, spaces or signs of / ? : ( ) . , ' + -.");
        return new PaymentReference(kind, text);
    }

    /// What is the same for all spellings of it.
    public String key() {
        return kind.name().toLowerCase(Locale.ROOT) + ":"
                + text.replace(" ", "").toUpperCase(Locale.ROOT);
    }

    /// The keys of whatever a text may refer to.
    public static Stream<String> keysOf(String text) {
        return Stream.of(Kind.values()).map(it -> new PaymentReference(it, text).key());
    }
}
