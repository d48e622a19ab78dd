package koinon.projects.call;

import java.util.Set;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.projects.Role;

/// The network roles that may read drafts. A mandate for the network is not enough, because operators of the
/// servers hold one too.
public final class NetworkOversightRoles {

    private static final Set<Right> WATCHING = Set.of(
            Role.SECRETARIAT.ofNetwork(),
            Role.AUDITOR.ofNetwork(),
            Role.CONTROLLER.ofNetwork(),
            Role.REVIEWER.ofNetwork());

    private NetworkOversightRoles() {}

    public static boolean includes(Actor by) {
        return by.holdsAny(WATCHING);
    }
}
