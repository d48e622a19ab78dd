package koinon.projects.plan;

import java.time.LocalDate;
import java.util.List;
import koinon.eventing.redaction.FreeText;
import koinon.projects.origin.Origin;
import org.jspecify.annotations.Nullable;

/// The plan as approved. The project starts with it and does not read its proposal or call again.
///
/// @param currency ISO 4217, of every amount of the plan
/// @param grants one per fund; empty when the call gives no grant
/// @param tranches the call's scheme; empty when the call gives no grant
/// @param zone IANA time zone in which its days end, that of the call's deadline
/// @param verifier the role that verifies milestones: `secretariat`, `controller` or `funder-officer`
/// @param agreements which agreements must be in force before the project starts: `all` or `first`
/// @param origin what the proposal came from; absent where nobody named it
public record ApprovedPlan(
        @FreeText String title,
        String call,
        String currency,
        String lead,
        List<PartnerShare> partners,
        List<Grant> grants,
        List<Milestone> milestones,
        List<Tranche> tranches,
        List<String> themes,
        List<Integer> sdgs,
        LocalDate startsOn,
        LocalDate endsOn,
        String zone,
        String verifier,
        String agreements,
        Thresholds thresholds,
        @Nullable Origin origin) {

    public ApprovedPlan {
        partners = List.copyOf(partners);
        grants = List.copyOf(grants);
        milestones = List.copyOf(milestones);
        tranches = List.copyOf(tranches);
        themes = List.copyOf(themes);
        sdgs = List.copyOf(sdgs);
    }
}
