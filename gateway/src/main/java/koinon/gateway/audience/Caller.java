package koinon.gateway.audience;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import koinon.platform.model.Mandate;

/// Who asks, as far as it decides what is answered.
///
/// @param scopes for which the caller holds a mandate
/// @param network whether one of them lets the caller see everything
public record Caller(Set<String> scopes, boolean network) {

    /// Somebody without a token.
    public static final Caller ANYONE = new Caller(Set.of(), false);

    private static final Set<String> SEE_EVERYTHING =
            Set.of("secretariat@network", "auditor@network", "controller@network", "reviewer@network");

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /// The holder of these mandates.
    public static Caller of(Collection<Mandate> mandates) {
        return new Caller(
                mandates.stream().map(Mandate::scope).collect(Collectors.toSet()),
                mandates.stream().map(Mandate::key).anyMatch(SEE_EVERYTHING::contains));
    }

    /// Whether this caller may be shown a project that was not approved: one that a scope of theirs takes part in.
    public boolean mayTakePart() {
        return network || !scopes.isEmpty();
    }

    /// What this caller is to a project.
    ///
    /// @param involved the scopes of its partner cities and funders
    public Reader to(Collection<String> involved) {
        if (network) return Reader.NETWORK;
        Set<String> own = involved.stream().filter(scopes::contains).collect(Collectors.toSet());
        if (own.isEmpty()) return Reader.ANYONE;
        boolean pays = own.stream().anyMatch(it -> it.startsWith("funder/"));
        return new Reader(pays ? Audience.FUNDERS : Audience.PARTICIPANTS, own);
    }
}
