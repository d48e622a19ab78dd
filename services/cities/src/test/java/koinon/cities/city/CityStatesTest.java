package koinon.cities.city;

import koinon.eventing.test.StateDiagram;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of a city.
class CityStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("city", CityEvent.class, City.State.values(), City.State::after)
                .isWrittenIn(
                        Contracts.folder().resolve("cities"),
                        Contracts.folder().resolveSibling("docs/canvas/cities.md"));
    }
}
