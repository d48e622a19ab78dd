package koinon.projects.plan;

import java.util.List;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// A partner's own contribution.
///
/// @param source where it comes from: the city's budget, a sponsor, a loan of rooms
/// @param kind [#CASH] or [#IN_KIND]
/// @param valuedBy who valued it; required for an in-kind contribution
public record Contribution(
        @FreeText String source,
        String kind,
        @FreeText @Nullable String valuedBy,
        Money amount) {

    public static final String CASH = "cash";
    public static final String IN_KIND = "in-kind";

    /// All kinds.
    public static final List<String> KINDS = List.of(CASH, IN_KIND);

    /// Rejects an invalid contribution.
    ///
    /// @param pointer JSON pointer of the contribution in the request
    void check(String pointer) {
        Bounds.line(pointer + "/source", source, Plan.LONGEST_TITLE);
        if (kind == null || !KINDS.contains(kind))
            throw new ValidationFailed(
                    pointer + "/kind",
                    "validation.one-of",
                    "One of %s is expected.",
                    "allowed",
                    String.join(", ", KINDS));
        if (kind.equals(IN_KIND)) Bounds.line(pointer + "/valuedBy", valuedBy, Plan.LONGEST_TITLE);
        Bounds.amount(pointer + "/amount", amount);
    }
}
