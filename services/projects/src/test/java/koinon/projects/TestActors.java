package koinon.projects;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;

/// The callers of the tests.
public final class TestActors {

    private TestActors() {}

    /// A caller with this name and these mandates, at a given time.
    public static Actor with(String actor, Instant at, String... rights) {
        List<Mandate> mandates = IntStream.range(0, rights.length)
                .mapToObj(it -> new Mandate(
                        actor + "-" + it,
                        rights[it].substring(0, rights[it].indexOf('@')),
                        rights[it].substring(rights[it].indexOf('@') + 1),
                        null,
                        null,
                        null))
                .toList();
        return new Actor(actor, mandates, null, null, at);
    }

    public static Actor secretariat(Instant at) {
        return with("s-1", at, "secretariat@network");
    }

    public static Actor editor(String city, Instant at) {
        return with("e-" + city, at, "city-editor@city/" + city);
    }

    public static Actor signatory(String city, Instant at) {
        return with("g-" + city, at, "city-signatory@city/" + city);
    }
}
