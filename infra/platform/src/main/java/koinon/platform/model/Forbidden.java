package koinon.platform.model;

/// The caller may not do this, whatever the state of things: no fitting mandate, or hands that must be kept separate.
/// Answered as 403.
public final class Forbidden extends RuleBroken {

    public Forbidden(String rule, String sentence) {
        super(rule, sentence);
    }
}
