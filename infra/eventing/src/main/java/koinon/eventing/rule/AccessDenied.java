package koinon.eventing.rule;

import org.jspecify.annotations.Nullable;

/// The caller may not do this, whatever the state of things: no fitting mandate, or hands that must be kept
/// separate. Answered as 403.
public final class AccessDenied extends RuleViolation {

    public AccessDenied(String key, String text, @Nullable Object... values) {
        super(key, text, values);
    }
}
