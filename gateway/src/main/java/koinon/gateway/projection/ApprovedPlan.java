package koinon.gateway.projection;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// The approved plan with its amounts, as the approval and the project's first event contain it.
///
/// @param verifier the role that verifies milestones
/// @param agreements the agreements that must be in force before the project starts: `all` or `first`
public record ApprovedPlan(
        @FreeText String title,
        String call,
        String currency,
        String lead,
        List<Partner> partners,
        List<Grant> grants,
        List<Milestone> milestones,
        List<Tranche> tranches,
        @Nullable List<String> themes,
        @Nullable List<Integer> sdgs,
        @Nullable LocalDate startsOn,
        @Nullable LocalDate endsOn,
        @Nullable String verifier,
        @Nullable String agreements,
        @Nullable Thresholds thresholds) {

    public ApprovedPlan {
        partners = listed(partners);
        grants = listed(grants);
        milestones = listed(milestones);
        tranches = listed(tranches);
    }

    /// A partner city with its grant and its own contribution.
    public record Partner(String city, Money grant, Money coFinancing) {}

    /// The grant of one fund.
    ///
    /// @param beneficiary the city that the fund pays
    public record Grant(String fund, Money amount, String beneficiary) {}

    /// A milestone.
    ///
    /// @param tranche the tranche of the call's scheme that it earns
    /// @param weight whole number, a ratio among the milestones of that tranche
    public record Milestone(
            String id,
            @FreeText String title,
            LocalDate due,
            @Nullable String tranche,
            Integer weight) {}

    /// A tranche of the call's scheme and its condition.
    ///
    /// @param share its fraction of the grant, from 0 to 1
    public record Tranche(String id, BigDecimal share, String waitsFor) {}

    /// The numbers of days from which a milestone counts as due soon or at risk.
    public record Thresholds(Integer dueSoonDays, Integer atRiskDays) {}

    /// The list, or an empty list if it is absent.
    public static <T> List<T> listed(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
