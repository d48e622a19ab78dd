package koinon.funding.agreement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.funding.agreement.AgreementEvent.OfferedTranche;
import koinon.funding.agreement.AgreementEvent.Weight;
import koinon.funding.project.KnownProject;
import koinon.platform.model.Money;
import koinon.platform.model.RuleBroken;
import org.jspecify.annotations.Nullable;

/// What an agreement has heard of its proposal, its project and its fund, in whichever order it came. Each event
/// sets its own; what an older selection is told never replaces what a newer one was.
final class Facts {

    private @Nullable Asked asked;
    private @Nullable FundAnswer answer;
    private @Nullable Scheme scheme;
    private int reserveListed;
    private KnownProject.State project = KnownProject.State.CONTRACTING;
    private String reason = "";
    private List<Verification> verifications = new ArrayList<>();

    /// What a selection asks of a fund.
    ///
    /// @param selection number of it in the life of its proposal, from 1
    /// @param partners ids of all partner cities, the lead among them
    record Asked(
            String project,
            String call,
            String fund,
            Integer selection,
            Money amount,
            String beneficiary,
            List<String> partners) {

        Asked {
            partners = List.copyOf(partners);
        }
    }

    /// What the fund said to a selection.
    ///
    /// @param funder whose fund it is; absent when nobody opened it
    /// @param refusal its reason; absent when it reserved the amount
    record FundAnswer(
            Integer selection,
            @Nullable String funder,
            @Nullable String refusal) {}

    /// What was last heard of a milestone's verification.
    ///
    /// @param achieved the part of it, of one; absent when the verification was withdrawn
    /// @param withdrawn why it was withdrawn; absent while it stands
    record Verification(
            String milestone,
            @Nullable BigDecimal achieved,
            @Nullable String withdrawn) {}

    /// The call's tranches and the project's milestones as the approval of a selection named them: what an offer is
    /// made of.
    record Scheme(Integer selection, List<Share> tranches, List<Earning> milestones) {

        Scheme {
            tranches = List.copyOf(tranches);
            milestones = List.copyOf(milestones);
        }

        /// @param share of the agreement's amount, of one
        /// @param waitsFor `in-force`, `milestones` or `completion`
        record Share(String id, BigDecimal share, String waitsFor) {}

        /// A milestone, the tranche that it earns and its weight in it.
        record Earning(String milestone, String tranche, BigDecimal weight) {}

        /// The amount in tranches: each rounded down, the last one takes the rest.
        ///
        /// @throws RuleBroken `scheme` when the scheme cannot be offered
        List<OfferedTranche> of(Money amount) {
            List<BigDecimal> shares = tranches.stream().map(Share::share).toList();
            if (shares.stream().anyMatch(it -> it.signum() < 0)
                    || shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(BigDecimal.ONE) != 0
                    || tranches.stream().anyMatch(it -> Tranche.WaitsFor.find(it.waitsFor()) == null)
                    || tranches.stream().anyMatch(it -> !areParts(weightsIn(it.id()))))
                throw new RuleBroken(
                        "scheme",
                        "The call's tranches cannot be offered: their shares must add up to 1, so must the weights of"
                                + " the milestones of each, none negative; each waits for in-force, milestones or"
                                + " completion.");
            List<Money> planned = amount.split(shares);
            List<OfferedTranche> offered = new ArrayList<>();
            for (int i = 0; i < planned.size(); i++) {
                Share it = tranches.get(i);
                offered.add(new OfferedTranche(it.id(), planned.get(i), it.waitsFor(), weightsIn(it.id())));
            }
            return List.copyOf(offered);
        }

        private static boolean areParts(List<Weight> weights) {
            if (weights.stream().anyMatch(it -> it.weight().signum() < 0)) return false;
            BigDecimal sum = weights.stream().map(Weight::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
            return weights.isEmpty() || sum.compareTo(BigDecimal.ONE) == 0;
        }

        private List<Weight> weightsIn(String tranche) {
            return milestones.stream()
                    .filter(it -> it.tranche().equals(tranche))
                    .map(it -> new Weight(it.milestone(), it.weight()))
                    .toList();
        }
    }

    void selected(Asked asks) {
        if (asked == null || asked.selection() <= asks.selection()) asked = asks;
    }

    void answered(FundAnswer says) {
        if (answer == null || answer.selection() <= says.selection()) answer = says;
    }

    void approved(Scheme approved) {
        if (scheme == null || scheme.selection() <= approved.selection()) scheme = approved;
    }

    /// What is held for this selection or an earlier one is not needed.
    void reserveListed(int selection, String why) {
        reserveListed = Math.max(reserveListed, selection);
        reason = why;
    }

    void project(KnownProject.State now, String why) {
        project = now;
        reason = why;
    }

    void verified(String milestone, BigDecimal achieved) {
        keep(new Verification(milestone, achieved, null));
    }

    void verificationWithdrawn(String milestone, String why) {
        keep(new Verification(milestone, null, why));
    }

    private void keep(Verification verification) {
        verifications.removeIf(it -> it.milestone().equals(verification.milestone()));
        verifications.add(verification);
    }

    @Nullable
    Asked asked() {
        return asked;
    }

    /// An answer to another selection counts for nothing.
    @Nullable
    FundAnswer answerTo(int selection) {
        return answer != null && answer.selection() == selection ? answer : null;
    }

    @Nullable
    Scheme schemeOf(int selection) {
        return scheme != null && scheme.selection() == selection ? scheme : null;
    }

    int reserveListed() {
        return reserveListed;
    }

    KnownProject.State project() {
        return project;
    }

    /// Why the project or its proposal is where it is now.
    String reason() {
        return reason;
    }

    String whyLost(Tranche tranche) {
        return verifications.stream()
                .filter(it -> tranche.restsOn(it.milestone()))
                .flatMap(it -> Stream.ofNullable(it.withdrawn()))
                .findFirst()
                .orElse("A verification that it rests on was withdrawn.");
    }

    Tranche.Progress progress(boolean inForce) {
        return new Tranche.Progress(
                inForce,
                project,
                verifications.stream()
                        .flatMap(it -> Stream.ofNullable(it.achieved()).map(part -> new Achieved(it.milestone(), part)))
                        .collect(Collectors.toUnmodifiableMap(Achieved::milestone, Achieved::part)));
    }

    private record Achieved(String milestone, BigDecimal part) {}
}
