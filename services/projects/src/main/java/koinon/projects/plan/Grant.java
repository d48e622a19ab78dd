package koinon.projects.plan;

import koinon.platform.model.Money;

/// What one fund gives to a project, and which partner city signs for it.
///
/// @param beneficiary id of the city
public record Grant(String fund, Money amount, String beneficiary) {}
