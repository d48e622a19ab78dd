package koinon.cities.gathering;

import koinon.cities.gathering.event.GatheringEvent;
import koinon.eventing.test.StateDiagram;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of a gathering.
class GatheringStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("gathering", GatheringEvent.class, Gathering.State.values(), Gathering.State::after)
                .isWrittenIn(
                        Contracts.folder().resolve("cities"),
                        Contracts.folder().resolveSibling("docs/canvas/cities.md"));
    }
}
