package koinon.cities;

import koinon.eventing.actor.Right;

/// The roles whose commands and reads this service checks.
public enum Role {
    /// Runs the network.
    SECRETARIAT("secretariat"),
    /// Checks costs; reads everything.
    CONTROLLER("controller"),
    /// Reads everything, changes nothing.
    AUDITOR("auditor"),
    /// Reviews proposals; reads everything.
    REVIEWER("reviewer"),
    /// Announces gatherings, registers delegations and raises ideas for a city.
    CITY_EDITOR("city-editor");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /// The right to act in this role for the whole network.
    public Right ofNetwork() {
        return new Right(text, "network");
    }

    /// The right to act in this role for one city.
    public Right ofCity(String city) {
        return new Right(text, "city/" + city);
    }
}
