package koinon.cities.gathering.attendance;

import koinon.cities.Violations;
import koinon.cities.fact.Source;
import koinon.cities.gathering.programme.Category;
import koinon.eventing.redaction.FreeText;
import org.jspecify.annotations.Nullable;

/// How many people came, as somebody reported it. It is independent of the delegations.
///
/// @param id unique within the gathering
/// @param whom who came: `Vietnamese delegates`
/// @param figure the figure as it is worded: `over 100`
/// @param number the figure as a number; absent when it is none
/// @param atLeast whether the number is the least that it may be
/// @param category of them all; absent when they are of several or it is unknown
/// @param origin where they came from; absent when unknown
/// @param source absent when unknown
public record ReportedAttendance(
        String id,
        @FreeText String whom,
        @FreeText String figure,
        @Nullable Integer number,
        boolean atLeast,
        @Nullable String category,
        @FreeText @Nullable String origin,
        @Nullable Source source) {

    /// The greatest number of people.
    public static final int MOST = 1_000_000;

    private static final int LONGEST = 200;

    public void check(Violations violations) {
        violations.id("report", id);
        violations.line("/whom", whom, LONGEST);
        violations.line("/figure", figure, LONGEST);
        if (number != null && (number < 0 || number > MOST))
            violations.wrong("/number", "attendance.number", "A number from 0 to %s is expected.", "max", MOST);
        if (number == null && atLeast) violations.wrong("/atLeast", "attendance.at-least", "At least needs a number.");
        if (category != null) violations.oneOf("/category", category, new Category.Codes().get());
        violations.optionalLine("/origin", origin, LONGEST);
        if (source != null) source.check("/source", violations);
    }
}
