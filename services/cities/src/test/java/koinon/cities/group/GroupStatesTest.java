package koinon.cities.group;

import koinon.eventing.test.StateDiagram;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of a group.
class GroupStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("group", GroupEvent.class, Group.State.values(), Group.State::after)
                .isWrittenIn(
                        Contracts.folder().resolve("cities"),
                        Contracts.folder().resolveSibling("docs/canvas/cities.md"));
    }
}
