package koinon.projects.call.rules;

import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// The result of a rule for a plan.
///
/// @param rule stable name of the rule; clients rely on it
/// @param fact the fact that was judged
/// @param remedy what would meet the rule; absent when it is met
/// @param at the fields that it is about, as JSON pointers relative to the proposal, such as `/summary/endsOn`,
///     `/work-plan/milestones/2/due`, `/partners/vn-hanoi/part/grant`; empty where no field of the proposal meets the
/// rule
public record Finding(
        String rule, boolean met, Sentence fact, @Nullable Sentence remedy, List<String> at) {

    public Finding {
        at = List.copyOf(at);
    }

    /// A rule that is met.
    public static Finding met(String rule, Sentence fact) {
        return new Finding(rule, true, fact, null, List.of());
    }

    /// @param remedy used only when the rule is not met
    public static Finding of(String rule, boolean met, Sentence fact, Sentence remedy) {
        return new Finding(rule, met, fact, met ? null : remedy, List.of());
    }

    /// The same finding, which leads to these fields.
    public Finding at(List<String> fields) {
        return new Finding(rule, met, fact, remedy, fields);
    }

    /// The same finding, which leads to these fields.
    public Finding at(String field, String... more) {
        return at(Stream.concat(Stream.of(field), Stream.of(more)).toList());
    }
}
