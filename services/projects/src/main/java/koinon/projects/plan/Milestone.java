package koinon.projects.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import koinon.platform.model.Invalid;
import koinon.platform.model.bounds.Bounds;

/// A result that the partners promise for a day, and the part of a tranche that it earns.
///
/// @param id `[a-z0-9-]`, unique within the plan
/// @param due the day it is promised for
/// @param tranche id of the tranche of the call's scheme that it earns; empty when the call pays by no milestones
/// @param weight its part of that tranche, of 1
public record Milestone(String id, String title, LocalDate due, String tranche, BigDecimal weight) {

    /// Refuses what money must not rest on: a weight below zero or above one, or none where it earns a tranche.
    ///
    /// @param pointer where the request names it
    public void check(String pointer) {
        if (id == null || !id.matches("[a-z0-9-]{1,40}"))
            throw new Invalid(pointer + "/id", "An id is made of a-z, 0-9 and -, at most 40 of them.");
        Bounds.text(pointer + "/title", title, Plan.LONGEST_TITLE);
        if (due == null) throw new Invalid(pointer + "/due", "This is required.");
        Bounds.atMost(pointer + "/tranche", tranche, 40);
        Bounds.fraction(pointer + "/weight", weight);
        if (!tranche.isEmpty() && weight.signum() == 0)
            throw new Invalid(pointer + "/weight", "A milestone that earns a tranche has a weight above 0.");
    }
}
