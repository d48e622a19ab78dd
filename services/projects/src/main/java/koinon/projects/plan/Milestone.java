package koinon.projects.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;

/// A result that the partners promise for a day, and its weight in a tranche.
///
/// @param id `[a-z0-9-]`, unique within the plan
/// @param due the promised day
/// @param tranche id of the tranche of the call's scheme that it earns; empty when it earns none
/// @param weight fraction of that tranche, 0 to 1
public record Milestone(String id, @FreeText String title, LocalDate due, String tranche, BigDecimal weight) {

    /// Rejects a weight below 0 or above 1, and a weight of 0 for a milestone that earns a tranche.
    ///
    /// @param pointer JSON pointer of the milestone in the request
    public void check(String pointer) {
        if (id == null || !id.matches("[a-z0-9-]{1,40}"))
            throw new ValidationFailed(
                    pointer + "/id", "validation.id", "An id is made of a-z, 0-9 and -, at most 40 of them.");
        Bounds.text(pointer + "/title", title, Plan.LONGEST_TITLE);
        if (due == null) throw new ValidationFailed(pointer + "/due", "validation.required", "This is required.");
        Bounds.atMost(pointer + "/tranche", tranche, 40);
        Bounds.fraction(pointer + "/weight", weight);
        if (!tranche.isEmpty() && weight.signum() == 0)
            throw new ValidationFailed(
                    pointer + "/weight", "milestone.weight", "A milestone that earns a tranche has a weight above 0.");
    }
}
