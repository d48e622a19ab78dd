package koinon.funding.agreement.payment;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;

/// The reference of a payment outside this system. Case and spaces are ignored when references are compared.
///
/// @param text the text as entered
public record PaymentReference(Kind kind, String text) {

    /// At most 35 characters of the set that every bank passes on: ISO 20022 `Max35Text` in the Latin set of SEPA
    /// (EPC217-08).
    public static final String FORM = "(?! *$)[A-Za-z0-9/?:().,'+ -]{1,35}";

    private static final Pattern FORM_PATTERN = Pattern.compile(FORM);

    /// Who assigns the reference.
    public enum Kind {
        /// The funder, in the payment order.
        ORDER,
        /// The bank, in its booking.
        BANK
    }

    /// @param pointer JSON pointer of the property in the request
    /// @throws ValidationFailed when the text does not match [#FORM]
    public static PaymentReference of(Kind kind, String text, String pointer) {
        if (!FORM_PATTERN.matcher(text).matches())
            throw new ValidationFailed(
                    pointer,
                    "payment.reference",
                    "A reference has 1 to 35 letters, digits, spaces or signs of / ? : ( ) . , ' + -.");
        return new PaymentReference(kind, text);
    }

    /// The comparison key: equal for all spellings of the reference.
    public String key() {
        return kind.name().toLowerCase(Locale.ROOT) + ":"
                + text.replace(" ", "").toUpperCase(Locale.ROOT);
    }

    /// The keys of all references that a text may mean.
    public static Stream<String> keysOf(String text) {
        return Stream.of(Kind.values()).map(it -> new PaymentReference(it, text).key());
    }
}
