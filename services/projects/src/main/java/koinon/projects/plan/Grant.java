package koinon.projects.plan;

import koinon.eventing.value.Money;

/// The amount that one fund gives to a project, and the partner city that signs for it.
///
/// @param beneficiary id of the city
public record Grant(String fund, Money amount, String beneficiary) {}
