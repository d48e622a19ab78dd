package koinon.projects;

import koinon.eventing.actor.Right;

/// The roles whose commands and reads this service checks.
public enum Role {
    /// Runs the network: calls, decisions, the life of a project.
    SECRETARIAT("secretariat"),
    /// Checks costs; verifies milestones where the call says so.
    CONTROLLER("controller"),
    /// Reads everything, changes nothing.
    AUDITOR("auditor"),
    /// Reviews proposals.
    REVIEWER("reviewer"),
    /// Drafts and reports for a city.
    CITY_EDITOR("city-editor"),
    /// Commits, submits and signs for a city.
    CITY_SIGNATORY("city-signatory"),
    /// Verifies milestones for a funder where the call says so.
    FUNDER_OFFICER("funder-officer");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /// The name of the role in mandates and events.
    public String text() {
        return text;
    }

    /// The right to act in this role for the whole network.
    public Right ofNetwork() {
        return new Right(text, "network");
    }

    /// The right to act in this role for one city.
    public Right ofCity(String city) {
        return new Right(text, "city/" + city);
    }

    /// The right to act in this role for one funder.
    public Right ofFunder(String funder) {
        return new Right(text, "funder/" + funder);
    }
}
