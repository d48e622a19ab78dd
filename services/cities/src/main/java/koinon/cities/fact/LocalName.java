package koinon.cities.fact;

import java.util.regex.Pattern;
import koinon.cities.Violations;
import koinon.eventing.redaction.FreeText;

/// A name with the language it is in.
///
/// @param language BCP 47 tag: `vi`, `zh-Hant`, `pt-BR`
public record LocalName(@FreeText String text, String language) {

    public static final int LONGEST = 200;

    /// A language with its script and its region, where they matter.
    private static final Pattern TAG = Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?");

    /// @param pointer JSON pointer of the name in the request
    public void check(String pointer, Violations violations) {
        violations.line(pointer + "/text", text, LONGEST);
        checkLanguage(pointer + "/language", language, violations);
    }

    /// @param pointer JSON pointer of the language in the request
    public static void checkLanguage(String pointer, String language, Violations violations) {
        if (!TAG.matcher(language).matches())
            violations.wrong(
                    pointer,
                    "validation.language",
                    "A language tag of BCP 47 is expected, such as vi, zh-Hant or pt-BR.");
    }
}
