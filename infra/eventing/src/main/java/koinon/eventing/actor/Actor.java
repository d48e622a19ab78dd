package koinon.eventing.actor;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;

/// The person or system that acts, its mandates, and the time of the request.
///
/// @param id of the person, or `system:<service>` for reactions to events and the clock
/// @param mandates every mandate that the person holds now, not only the one acted under
/// @param chosen id of the mandate that the caller picked, if any
/// @param acting the mandate that the command uses; absent until a rule has required one
/// @param at the time of the request, by the server's clock
public record Actor(
        String id,
        List<Mandate> mandates,
        @Nullable String chosen,
        @Nullable Mandate acting,
        Instant at) {

    private static final String SYSTEM = "system:";

    public Actor {
        mandates = List.copyOf(mandates);
    }

    /// The system, which reacts to an event or to the clock.
    public static Actor system(String service, Instant at) {
        return new Actor(SYSTEM + service, List.of(), null, null, at);
    }

    /// Whether it is a service, and no person.
    public boolean isSystem() {
        return id.startsWith(SYSTEM);
    }

    /// The same actor, with the one mandate that fits as the mandate it acts under.
    ///
    /// @param rights the rights of which one is required
    /// @throws AccessDenied `no-mandate` when none fits
    /// @throws ValidationFailed when several fit and the caller picked none
    public Actor as(Right... rights) {
        Set<Right> wanted = Set.of(rights);
        List<Mandate> fitting =
                mandates.stream().filter(it -> wanted.contains(it.right())).toList();
        if (chosen != null)
            fitting = fitting.stream().filter(it -> it.id().equals(chosen)).toList();
        if (fitting.isEmpty())
            throw new AccessDenied(
                    "no-mandate",
                    "This needs a mandate as %s.",
                    "rights",
                    Stream.of(rights).map(Right::toString).collect(Collectors.joining(" or ")));
        if (fitting.size() > 1)
            throw new ValidationFailed(
                    "Koinon-Mandate",
                    "validation.several-mandates",
                    "Several mandates fit; name one in Koinon-Mandate: %s.",
                    "mandates",
                    fitting.stream()
                            .map(it -> it.id() + " (" + it.right() + ")")
                            .collect(Collectors.joining(", ")));
        return new Actor(id, mandates, chosen, fitting.getFirst(), at);
    }

    /// In which capacity it acts, without the person: `city-signatory@city/vn-hanoi`, or the service that reacts;
    /// absent until a rule has required a mandate.
    public @Nullable String capacity() {
        if (acting != null) return acting.right().toString();
        return isSystem() ? id : null;
    }

    /// Whether the person holds any mandate, in whichever role, for one of these scopes.
    public boolean holdsAnyFor(Set<String> scopes) {
        return mandates.stream().anyMatch(it -> scopes.contains(it.scope()));
    }

    /// Whether the person holds one of these rights.
    public boolean holdsAny(Set<Right> rights) {
        return mandates.stream().anyMatch(it -> rights.contains(it.right()));
    }

    /// The persons that count as the doer of what this actor does: the actor and, where it acts as a substitute, who
    /// it stands in for.
    public List<String> hands() {
        return acting == null ? List.of(id) : acting.hands(id);
    }

    /// Whether the person holds one of these rights under a mandate with separate hands from the others.
    public boolean holdsApartFrom(Collection<String> others, Set<Right> rights) {
        return mandates.stream()
                .filter(it -> rights.contains(it.right()))
                .anyMatch(it -> Collections.disjoint(it.hands(id), others));
    }

    /// Refuses who did another step, or stood in for who did it, or is stood in for.
    ///
    /// @param others the hands of the other step
    /// @param step what this actor would do, the second level of the key
    /// @throws AccessDenied `separate-hands` when they share a person
    public void mustNotBe(Collection<String> others, String step, String text) {
        if (!Collections.disjoint(hands(), others)) throw new AccessDenied("separate-hands." + step, text);
    }
}
