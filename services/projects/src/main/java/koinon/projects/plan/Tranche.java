package koinon.projects.plan;

import java.math.BigDecimal;
import java.util.List;

/// One tranche of a call's scheme: its share of every agreement, and its condition.
///
/// @param id `[a-z0-9-]`, unique within the scheme
/// @param share fraction of the agreement's amount, 0 to 1; the shares of the scheme add up to 1
/// @param waitsFor [#IN_FORCE], [#MILESTONES] or [#COMPLETION]
public record Tranche(String id, BigDecimal share, String waitsFor) {

    /// Payable once the agreement is in force and the project active: an advance.
    public static final String IN_FORCE = "in-force";

    /// Payable once its milestones are verified: an interim payment.
    public static final String MILESTONES = "milestones";

    /// Payable once the project is completed: a balance.
    public static final String COMPLETION = "completion";

    /// All allowed conditions.
    public static final List<String> WAITS = List.of(IN_FORCE, MILESTONES, COMPLETION);

    /// Whether the plan needs milestones for it.
    public boolean waitsForMilestones() {
        return waitsFor.equals(MILESTONES);
    }
}
