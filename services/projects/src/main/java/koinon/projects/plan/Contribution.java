package koinon.projects.plan;

import java.util.List;
import koinon.platform.model.Money;
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
}
