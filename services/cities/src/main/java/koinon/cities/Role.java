package koinon.cities;

import koinon.eventing.actor.Right;

/// The roles whose commands this service checks.
public enum Role {
    /// Runs the network.
    SECRETARIAT;

    /// The right to act in this role for the whole network.
    public Right ofNetwork() {
        return new Right("secretariat", "network");
    }
}
