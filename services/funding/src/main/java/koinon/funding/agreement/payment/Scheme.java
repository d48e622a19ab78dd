package koinon.funding.agreement.payment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.value.Money;
import koinon.funding.agreement.payment.OfferedTranche.Weight;

/// The call's tranches and the project's milestones, as the approval of a selection named them. An offer is
/// made from them.
public record Scheme(Integer selection, List<Share> tranches, List<TrancheMilestone> milestones) {

    public Scheme {
        tranches = List.copyOf(tranches);
        milestones = List.copyOf(milestones);
    }

    /// @param share fraction of the agreement's amount, 0 to 1
    /// @param waitsFor `in-force`, `milestones` or `completion`
    public record Share(String id, BigDecimal share, String waitsFor) {}

    /// A milestone, the tranche that it earns, and its weight in that tranche.
    public record TrancheMilestone(String milestone, String tranche, Integer weight) {}

    /// Splits the amount into tranches: each is rounded down, the last one takes the rest.
    ///
    /// @throws RuleViolation `scheme` when the scheme cannot be offered
    public List<OfferedTranche> of(Money amount) {
        List<BigDecimal> shares = tranches.stream().map(Share::share).toList();
        if (shares.stream().anyMatch(it -> it.signum() < 0)
                || shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(BigDecimal.ONE) != 0
                || tranches.stream().anyMatch(it -> Tranche.WaitsFor.find(it.waitsFor()) == null)
                || milestones.stream().anyMatch(it -> it.weight() < 1))
            throw new RuleViolation(
                    "scheme",
                    "The call's tranches cannot be offered: their shares must add up to 1, the weight of each"
                            + " milestone must be at least 1, and each waits for in-force, milestones or completion.");
        List<Money> planned = amount.split(shares);
        List<OfferedTranche> offered = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            Share it = tranches.get(i);
            offered.add(new OfferedTranche(it.id(), planned.get(i), it.waitsFor(), weightsIn(it.id())));
        }
        return List.copyOf(offered);
    }

    private List<Weight> weightsIn(String tranche) {
        return milestones.stream()
                .filter(it -> it.tranche().equals(tranche))
                .map(it -> new Weight(it.milestone(), it.weight()))
                .toList();
    }
}
