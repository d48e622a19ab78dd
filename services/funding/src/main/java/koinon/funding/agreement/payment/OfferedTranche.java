package koinon.funding.agreement.payment;

import java.util.List;
import koinon.eventing.value.Money;

/// A tranche as offered, with its amount.
///
/// @param waitsFor `in-force`, `milestones` or `completion`
/// @param milestones the milestones that earn it, with their weights
public record OfferedTranche(String id, Money planned, String waitsFor, List<Weight> milestones) {

    /// @param weight whole number, a ratio among the milestones of the tranche
    public record Weight(String id, Integer weight) {}
}
