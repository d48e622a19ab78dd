package koinon.platform.model;

/// A command was refused by a rule of the domain; nothing changed. Answered as 409 with type `/problems/<rule>`.
public class RuleBroken extends RuntimeException {

    private final String rule;

    /// @param rule the rule's name, kebab-case, stable: clients rely on it
    /// @param sentence what is wrong and what to do, for the person who asked
    public RuleBroken(String rule, String sentence) {
        super(sentence, null, false, false);
        this.rule = rule;
    }

    public final String rule() {
        return rule;
    }
}
