package koinon.projects.plan;

import java.math.BigDecimal;
import java.time.LocalDate;

/// A result that the partners promise for a day, and the part of a tranche that it earns.
///
/// @param id `[a-z0-9-]`, unique within the plan
/// @param due the day it is promised for
/// @param tranche id of the tranche of the call's scheme that it earns; empty when the call pays by no milestones
/// @param weight its part of that tranche, of 1
public record Milestone(String id, String title, LocalDate due, String tranche, BigDecimal weight) {}
