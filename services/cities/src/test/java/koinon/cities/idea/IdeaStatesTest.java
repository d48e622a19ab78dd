package koinon.cities.idea;

import koinon.eventing.test.StateDiagram;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of an idea.
class IdeaStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("idea", IdeaEvent.class, Idea.State.values(), Idea.State::after)
                .isWrittenIn(
                        Contracts.folder().resolve("cities"),
                        Contracts.folder().resolveSibling("docs/canvas/cities.md"));
    }
}
