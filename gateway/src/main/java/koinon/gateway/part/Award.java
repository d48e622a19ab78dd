package koinon.gateway.part;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// What was approved: the plan with its money, as the approval and the project's first event carry it.
///
/// @param verifier the role that verifies milestones
/// @param agreements which must be in force before the project starts: `all` or `first`
public record Award(
        String title,
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

    public Award {
        partners = listed(partners);
        grants = listed(grants);
        milestones = listed(milestones);
        tranches = listed(tranches);
    }

    /// A partner city with what it is granted and brings.
    public record Partner(String city, Money grant, Money coFinancing) {}

    /// What one fund gives.
    ///
    /// @param beneficiary the city that this fund pays
    public record Grant(String fund, Money amount, String beneficiary) {}

    /// A step of the work.
    ///
    /// @param tranche the tranche of the call's scheme that it earns
    /// @param weight its part of that tranche, of one
    public record Milestone(
            String id,
            String title,
            LocalDate due,
            @Nullable String tranche,
            BigDecimal weight) {}

    /// A part of the grant and what it waits for.
    ///
    /// @param share of the grant, of one
    public record Tranche(String id, BigDecimal share, String waitsFor) {}

    /// When a milestone that nears its date, or is past it, is told apart.
    public record Thresholds(Integer dueSoonDays, Integer atRiskDays) {}

    /// The list, or an empty one where there is none.
    public static <T> List<T> listed(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
