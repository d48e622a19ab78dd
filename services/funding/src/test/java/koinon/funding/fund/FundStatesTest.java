package koinon.funding.fund;

import koinon.eventing.test.StateDiagram;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of a fund.
class FundStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("fund", FundEvent.class, Fund.State.values(), Fund.State::after)
                .without(Fund.State.PLACEHOLDER)
                .isWrittenIn(
                        Contracts.folder().resolve("funding"),
                        Contracts.folder().resolveSibling("docs/canvas/funding.md"));
    }
}
