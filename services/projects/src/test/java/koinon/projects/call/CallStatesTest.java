package koinon.projects.call;

import koinon.eventing.test.StateDiagram;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of a call.
class CallStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("call", CallEvent.class, Call.State.values(), Call.State::after)
                .isWrittenIn(
                        Contracts.folder().resolve("projects"),
                        Contracts.folder().resolveSibling("docs/canvas/projects.md"));
    }
}
