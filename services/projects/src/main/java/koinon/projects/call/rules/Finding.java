package koinon.projects.call.rules;

import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// The result of a rule for a plan.
///
/// @param rule stable name of the rule; clients rely on it
/// @param fact the fact that was judged
/// @param remedy what would meet the rule; absent when it is met
public record Finding(
        String rule, boolean met, Sentence fact, @Nullable Sentence remedy) {

    /// A rule that is met.
    public static Finding met(String rule, Sentence fact) {
        return new Finding(rule, true, fact, null);
    }

    /// @param remedy used only when the rule is not met
    public static Finding of(String rule, boolean met, Sentence fact, Sentence remedy) {
        return new Finding(rule, met, fact, met ? null : remedy);
    }
}
