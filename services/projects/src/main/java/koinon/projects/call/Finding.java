package koinon.projects.call;

/// What a rule says of a plan.
///
/// @param rule the rule's name, stable: clients rely on it
/// @param fact what it was judged on, as a sentence
/// @param remedy what would make it pass; empty when it is met
public record Finding(String rule, boolean met, String fact, String remedy) {

    /// @param remedy kept only when the rule is not met
    public static Finding of(String rule, boolean met, String fact, String remedy) {
        return new Finding(rule, met, fact, met ? "" : remedy);
    }
}
