package koinon.projects.plan;

/// When a milestone affects the health of a project.
///
/// @param dueSoonDays days before the due day from which the milestone counts as due soon
/// @param atRiskDays days after the due day from which the project counts as at risk
public record Thresholds(Integer dueSoonDays, Integer atRiskDays) {

    /// The default of a call without thresholds.
    public static final Thresholds USUAL = new Thresholds(30, 60);
}
