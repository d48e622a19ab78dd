package koinon.projects.plan;

import java.time.LocalDate;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;

/// A result that the partners promise for a day, and its weight in a tranche.
///
/// @param id `[a-z0-9-]`, unique within the plan
/// @param due the promised day
/// @param tranche id of the tranche of the call's scheme that it earns; empty when it earns none
/// @param weight whole number: with those of the other milestones of the tranche it is a ratio
public record Milestone(String id, @FreeText String title, LocalDate due, String tranche, Integer weight) {

    /// Of a milestone that names none.
    public static final int USUAL_WEIGHT = 1;

    public static final int LARGEST_WEIGHT = 1_000;

    /// Rejects values that no plan can have.
    ///
    /// @param pointer JSON pointer of the milestone in the request
    public void check(String pointer) {
        if (id == null || !id.matches("[a-z0-9-]{1,40}"))
            throw new ValidationFailed(
                    pointer + "/id", "validation.id", "An id is made of a-z, 0-9 and -, at most 40 of them.");
        Bounds.line(pointer + "/title", title, Plan.LONGEST_TITLE);
        if (due == null) throw new ValidationFailed(pointer + "/due", "validation.required", "This is required.");
        Bounds.atMost(pointer + "/tranche", tranche, 40);
        if (weight == null || weight < 1 || weight > LARGEST_WEIGHT)
            throw new ValidationFailed(
                    pointer + "/weight",
                    "milestone.weight",
                    "A weight is a whole number from 1 to %s.",
                    "max",
                    LARGEST_WEIGHT);
    }
}
