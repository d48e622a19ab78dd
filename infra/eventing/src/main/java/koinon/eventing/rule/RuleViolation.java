package koinon.eventing.rule;

import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// A command was refused by a rule of the domain; nothing changed. Answered as 409 with type `/problems/<rule>`.
public class RuleViolation extends RuntimeException {

    private final transient Sentence sentence;

    /// @param key the rule's name, kebab-case, stable: clients rely on it; a rule with several sentences adds a level
    /// to
    ///     each, `held.tranche`
    /// @param text what is wrong and what to do, for the person who asked; `%s` stands for each
    ///     value, in their order
    /// @param values name and value in turn
    public RuleViolation(String key, String text, @Nullable Object... values) {
        this(Sentence.of(key, text, values));
    }

    private RuleViolation(Sentence sentence) {
        super(sentence.text(), null, false, false);
        this.sentence = sentence;
    }

    /// The rule's name.
    public final String rule() {
        return sentence.topic();
    }

    public final Sentence sentence() {
        return sentence;
    }
}
