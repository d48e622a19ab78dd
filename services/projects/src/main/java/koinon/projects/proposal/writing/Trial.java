package koinon.projects.proposal.writing;

import java.util.ArrayList;
import java.util.List;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.projects.plan.Milestone;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.event.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.event.ProposalEvent.SummaryChanged;
import org.jspecify.annotations.Nullable;

/// A change of a plan that is tried and never made. What is absent stays as it is.
public record Trial(
        @Nullable SummaryChanged summary,
        @Nullable List<Milestone> milestones,
        @Nullable PartnerPartChanged part) {

    /// What the change would make of a partnership.
    ///
    /// @param currency of the call
    /// @param seesBudget whether the caller may see the budget of the city whose part is tried. If not, the
    ///     commitment lapses in any case: otherwise the caller could find the amounts at which it stays.
    /// @throws ValidationFailed with every violation, each at its pointer in the request
    public Partnership of(Partnership stored, String currency, boolean seesBudget) {
        List<Violation> violations = new ArrayList<>();
        Partnership tried = stored;
        if (summary != null) {
            Plan written = stored.written(summary);
            ValidationFailed.collect("/summary", written::check, violations);
            tried = tried.with(written);
        }
        if (milestones != null) {
            ValidationFailed.collect("/workPlan", () -> Plan.checkMilestones(milestones), violations);
            tried = tried.with(tried.plan().withMilestones(milestones));
        }
        if (part != null) {
            if (stored.plan().part(part.city()).isEmpty())
                violations.add(new Violation(
                        "/part/city",
                        "selection.not-a-partner",
                        "%s is not a partner of this proposal.",
                        "city",
                        part.city()));
            else ValidationFailed.collect("/part", () -> Partnership.mustBeIn(currency, part), violations);
            tried = tried.tried(part, !seesBudget || stored.lapsesBy(part));
        }
        if (!violations.isEmpty()) throw new ValidationFailed(violations);
        return tried;
    }
}
