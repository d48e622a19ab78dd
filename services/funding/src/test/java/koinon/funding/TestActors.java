package koinon.funding;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;

/// The actors of the tests.
public final class TestActors {

    public static final String FUNDER = "xm-dac-41304";
    public static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private TestActors() {}

    public static Actor secretariat() {
        return person("secretary", "secretariat@network");
    }

    public static Actor officer() {
        return person("officer", "funder-officer@funder/" + FUNDER);
    }

    public static Actor approver() {
        return person("approver", "funder-approver@funder/" + FUNDER);
    }

    public static Actor signatory(String city) {
        return person("signatory-of-" + city, "city-signatory@city/" + city);
    }

    public static Actor editor(String city) {
        return person("editor-of-" + city, "city-editor@city/" + city);
    }

    public static Actor system() {
        return Actor.system("funding", NOW);
    }

    public static Actor person(String subject, String... rights) {
        return new Actor(subject, Stream.of(rights).map(TestActors::mandate).toList(), null, null, NOW);
    }

    private static Mandate mandate(String right) {
        List<String> parts = List.of(right.split("@", -1));
        return new Mandate("m-" + right.replaceAll("[^a-z0-9]+", "-"), parts.get(0), parts.get(1), null, null, null);
    }
}
