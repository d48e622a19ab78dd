package koinon.cities.gathering.attendance;

import java.util.stream.IntStream;
import koinon.cities.Violations;

/// How many people come, by category.
public record Headcount(
        int researchers,
        int authorities,
        int internationalOrganisations,
        int businesses,
        int communities,
        int individuals) {

    /// Nobody.
    public static final Headcount NONE = new Headcount(0, 0, 0, 0, 0, 0);

    /// The most people of one category in one delegation.
    public static final int MOST = 10_000;

    public int total() {
        return counts().sum();
    }

    public Headcount plus(Headcount other) {
        return new Headcount(
                researchers + other.researchers,
                authorities + other.authorities,
                internationalOrganisations + other.internationalOrganisations,
                businesses + other.businesses,
                communities + other.communities,
                individuals + other.individuals);
    }

    /// What makes them no numbers of a delegation.
    public void check(Violations violations) {
        if (counts().anyMatch(it -> it < 0 || it > MOST))
            violations.wrong("", "delegation.numbers", "Each number is from 0 to %s.", "max", MOST);
    }

    private IntStream counts() {
        return IntStream.of(researchers, authorities, internationalOrganisations, businesses, communities, individuals);
    }
}
