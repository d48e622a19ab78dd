package koinon.cities;

import java.util.Set;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.actor.Right;

/// Who sees what is for the members of the network: whoever holds a mandate for a city, and who oversees the network.
public final class Members {

    private static final Set<Right> OVERSIGHT = Set.of(
            Role.SECRETARIAT.ofNetwork(),
            Role.CONTROLLER.ofNetwork(),
            Role.AUDITOR.ofNetwork(),
            Role.REVIEWER.ofNetwork());

    private Members() {}

    public static boolean include(Actor by) {
        return by.holdsAny(OVERSIGHT)
                || by.mandates().stream().map(Mandate::scope).anyMatch(it -> it.startsWith("city/"));
    }
}
