package koinon.funding;

import koinon.eventing.actor.Right;

/// The roles whose commands and reads this service checks.
public enum Role {
    /// Registers funders.
    SECRETARIAT("secretariat"),
    /// Reads everything, changes nothing.
    AUDITOR("auditor"),
    /// Signs for the city that is paid.
    CITY_SIGNATORY("city-signatory"),
    /// Offers agreements, requests and sends payments.
    FUNDER_OFFICER("funder-officer"),
    /// Countersigns, authorises, records the bank's answers.
    FUNDER_APPROVER("funder-approver");

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
