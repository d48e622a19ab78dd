package koinon.gateway.audience;

/// For whom something is written. Each sees what the ones before it see, and more.
public enum Audience {
    /// Anyone, without a token.
    PUBLIC,
    /// Who holds a mandate for a partner city of the project or a funder of it.
    PARTICIPANTS,
    /// Who holds a mandate for a funder of the project.
    FUNDERS,
    /// Who works for the network: secretariat, reviewer, controller, auditor.
    NETWORK;

    /// Whether this audience may see what is meant for `widest`.
    public boolean sees(Audience widest) {
        return compareTo(widest) >= 0;
    }
}
