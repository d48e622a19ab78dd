package koinon.gateway.audience;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.actor.Mandate;
import koinon.eventing.actor.Right;

/// The caller of a request, reduced to what decides which facts the answer contains.
///
/// @param scopes for which the caller holds a mandate
/// @param network whether one of the mandates lets the caller see everything
public record Caller(Set<String> scopes, boolean network) {

    /// A caller without a token.
    public static final Caller ANYONE = new Caller(Set.of(), false);

    private static final Set<Right> SEE_EVERYTHING = Stream.of("secretariat", "auditor", "controller", "reviewer")
            .map(role -> new Right(role, "network"))
            .collect(Collectors.toUnmodifiableSet());

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /// The holder of these mandates.
    public static Caller of(Collection<Mandate> mandates) {
        return new Caller(
                mandates.stream().map(Mandate::scope).collect(Collectors.toSet()),
                mandates.stream().map(Mandate::right).anyMatch(SEE_EVERYTHING::contains));
    }

    /// Whether the caller may see projects that are not approved: those in which one of its scopes takes part.
    public boolean mayTakePart() {
        return network || !scopes.isEmpty();
    }

    /// Whether the caller is a member of the network: it acts for a city, or sees everything.
    public boolean isMember() {
        return network || scopes.stream().anyMatch(it -> it.startsWith("city/"));
    }

    /// The caller as a reader of one project.
    ///
    /// @param involved the scopes of its partner cities and funders
    public Reader to(Collection<String> involved) {
        if (network) return Reader.NETWORK;
        if (scopes.isEmpty()) return Reader.ANYONE;
        Set<String> own = involved.stream().filter(scopes::contains).collect(Collectors.toSet());
        if (own.isEmpty()) return Reader.ANYONE;
        boolean pays = own.stream().anyMatch(it -> it.startsWith("funder/"));
        return new Reader(pays ? Audience.FUNDERS : Audience.PARTICIPANTS, own);
    }
}
