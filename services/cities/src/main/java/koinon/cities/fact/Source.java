package koinon.cities.fact;

import java.time.LocalDate;
import koinon.cities.Violations;
import koinon.eventing.redaction.FreeText;
import org.jspecify.annotations.Nullable;

/// Where a fact comes from.
///
/// @param date when it was published; absent when unknown
/// @param link https; absent when there is none
public record Source(
        @FreeText String text,
        @Nullable LocalDate date,
        @Nullable String link) {

    public static final int LONGEST = 500;

    /// @param pointer JSON pointer of the source in the request
    public void check(String pointer, Violations violations) {
        violations.line(pointer + "/text", text, LONGEST);
        if (link != null) violations.link(pointer + "/link", link);
    }
}
