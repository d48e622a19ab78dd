package koinon.projects.plan;

/// When a call wants to be warned of a milestone.
///
/// @param dueSoonDays days before a milestone's day from which it counts as due soon
/// @param atRiskDays days after a milestone's day from which the project counts as at risk
public record Thresholds(Integer dueSoonDays, Integer atRiskDays) {

    /// What holds where a call says nothing.
    public static final Thresholds USUAL = new Thresholds(30, 60);
}
