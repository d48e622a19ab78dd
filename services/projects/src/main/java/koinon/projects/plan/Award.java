package koinon.projects.plan;

import java.time.LocalDate;
import java.util.List;

/// All that was approved: what a project starts with and never asks its proposal or call for again.
///
/// @param currency ISO 4217, of every amount of the plan
/// @param grants one per fund; none when the call gives no grant
/// @param tranches the call's scheme; none when the call gives no grant
/// @param verifier who verifies milestones: `secretariat`, `controller` or `funder-officer`
/// @param agreements which agreements must be in force before it starts: `all` or `first`
public record Award(
        String title,
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
        String verifier,
        String agreements,
        Thresholds thresholds) {

    public Award {
        partners = List.copyOf(partners);
        grants = List.copyOf(grants);
        milestones = List.copyOf(milestones);
        tranches = List.copyOf(tranches);
        themes = List.copyOf(themes);
        sdgs = List.copyOf(sdgs);
    }
}
