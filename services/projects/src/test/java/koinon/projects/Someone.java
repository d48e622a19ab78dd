package koinon.projects;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import koinon.platform.model.By;
import koinon.platform.model.Mandate;

/// Callers for tests.
public final class Someone {

    private Someone() {}

    /// A caller of this name who holds these mandates, at a moment.
    public static By with(String actor, Instant at, String... rights) {
        List<Mandate> mandates = IntStream.range(0, rights.length)
                .mapToObj(it -> new Mandate(
                        actor + "-" + it,
                        rights[it].substring(0, rights[it].indexOf('@')),
                        rights[it].substring(rights[it].indexOf('@') + 1),
                        null,
                        null,
                        null))
                .toList();
        return new By(actor, mandates, null, null, at);
    }

    public static By secretariat(Instant at) {
        return with("s-1", at, "secretariat@network");
    }

    public static By editor(String city, Instant at) {
        return with("e-" + city, at, "city-editor@city/" + city);
    }

    public static By signatory(String city, Instant at) {
        return with("g-" + city, at, "city-signatory@city/" + city);
    }
}
