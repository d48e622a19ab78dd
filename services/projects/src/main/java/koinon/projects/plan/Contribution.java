package koinon.projects.plan;

import java.util.List;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.platform.model.bounds.Bounds;
import org.jspecify.annotations.Nullable;

/// What a partner brings itself.
///
/// @param source where it comes from: the city's budget, a sponsor, a loan of rooms
/// @param kind [#CASH] or [#IN_KIND]
/// @param valuedBy who valued it; needed in kind
public record Contribution(
        String source, String kind, @Nullable String valuedBy, Money amount) {

    public static final String CASH = "cash";
    public static final String IN_KIND = "in-kind";

    /// All kinds there are.
    public static final List<String> KINDS = List.of(CASH, IN_KIND);

    /// Refuses what is no contribution.
    ///
    /// @param pointer where the request names it
    void check(String pointer) {
        Bounds.text(pointer + "/source", source, Plan.LONGEST_TITLE);
        if (kind == null || !KINDS.contains(kind))
            throw new Invalid(pointer + "/kind", "One of " + String.join(", ", KINDS) + " is expected.");
        if (kind.equals(IN_KIND)) Bounds.text(pointer + "/valuedBy", valuedBy, Plan.LONGEST_TITLE);
        Bounds.amount(pointer + "/amount", amount);
    }
}
