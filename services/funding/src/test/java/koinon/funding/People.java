package koinon.funding;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import koinon.platform.model.By;
import koinon.platform.model.Mandate;

/// Who acts in the tests.
public final class People {

    public static final String FUNDER = "xm-dac-41304";
    public static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private People() {}

    public static By secretariat() {
        return person("secretary", "secretariat@network");
    }

    public static By officer() {
        return person("officer", "funder-officer@funder/" + FUNDER);
    }

    public static By approver() {
        return person("approver", "funder-approver@funder/" + FUNDER);
    }

    public static By signatory(String city) {
        return person("signatory-of-" + city, "city-signatory@city/" + city);
    }

    public static By editor(String city) {
        return person("editor-of-" + city, "city-editor@city/" + city);
    }

    public static By system() {
        return By.system("funding", NOW);
    }

    public static By person(String subject, String... rights) {
        return new By(subject, Stream.of(rights).map(People::mandate).toList(), null, null, NOW);
    }

    private static Mandate mandate(String right) {
        List<String> parts = List.of(right.split("@", -1));
        return new Mandate("m-" + right.replaceAll("[^a-z0-9]+", "-"), parts.get(0), parts.get(1), null, null, null);
    }
}
