package koinon.cities.gathering.time;

import java.time.LocalDateTime;
import java.util.Optional;
import koinon.cities.Violations;
import koinon.eventing.action.Deadline;
import koinon.eventing.rule.ValidationFailed.Violation;
import org.jspecify.annotations.Nullable;

/// When a part of a gathering takes place, in the zone of the gathering.
///
/// @param start absent when unknown
/// @param end absent when unknown
public record Slot(@Nullable LocalDateTime start, @Nullable LocalDateTime end) {

    /// What is wrong with it in a gathering of these days: a time that the zone skips, an end that is not after the
    /// start, or a time outside the days.
    ///
    /// @param pointer JSON pointer of the object with `start` and `end` in the request
    public void check(String pointer, Days days, Violations violations) {
        if (start != null) violations.add(skipped(pointer + "/start", start, days));
        if (end != null) violations.add(skipped(pointer + "/end", end, days));
        if (start == null && end != null)
            violations.wrong(
                    pointer + "/end", "gathering.end-without-start", "A time of the end needs one of the start.");
        if (start != null && end != null && !end.isAfter(start))
            violations.wrong(pointer + "/end", "gathering.end-before-start", "It ends after it starts.");
        if (!days.contain(this))
            violations.wrong(
                    pointer + (start != null && days.contain(new Slot(start, null)) ? "/end" : "/start"),
                    "gathering.outside",
                    "This lies outside the gathering, which is from %s to %s.",
                    "first",
                    days.first(),
                    "last",
                    days.last());
    }

    private static Optional<Violation> skipped(String pointer, LocalDateTime local, Days days) {
        return new Deadline(local, days.zone()).violation("").map(it -> new Violation(pointer, it.sentence()));
    }
}
