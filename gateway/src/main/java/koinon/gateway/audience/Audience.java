package koinon.gateway.audience;

/// The audiences of the contracts. Each one sees everything that the ones before it see.
public enum Audience {
    /// Anyone, without a token.
    PUBLIC,
    /// Callers with a mandate for a partner city or a funder of the project.
    PARTICIPANTS,
    /// Callers with a mandate for a funder of the project.
    FUNDERS,
    /// Callers with a mandate for the network: secretariat, reviewer, controller, auditor.
    NETWORK;

    /// Whether this audience may see what is published for the audience `widest`.
    public boolean sees(Audience widest) {
        return compareTo(widest) >= 0;
    }
}
