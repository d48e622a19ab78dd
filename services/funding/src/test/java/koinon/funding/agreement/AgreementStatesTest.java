package koinon.funding.agreement;

import java.util.List;
import koinon.eventing.test.StateDiagram;
import koinon.eventing.value.Money;
import koinon.funding.TestActors;
import koinon.funding.agreement.AgreementEvent.TrancheEvent;
import koinon.funding.agreement.payment.Tranche;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The states of an agreement and of its tranches.
class AgreementStatesTest {

    @Test
    void the_published_states_and_the_diagram_are_what_the_code_says() {
        StateDiagram.of("agreement", AgreementEvent.class, State.values(), State::after)
                .part("tranche", TrancheEvent.class, Tranche.State.values(), AgreementStatesTest::after)
                .without(State.PLACEHOLDER)
                .isWrittenIn(
                        Contracts.folder().resolve("funding"),
                        Contracts.folder().resolveSibling("docs/canvas/funding.md"));
    }

    private static Tranche.State after(Tranche.State state, TrancheEvent event) {
        Tranche it = new Tranche(
                "advance",
                Money.zero("EUR"),
                Tranche.WaitsFor.IN_FORCE,
                List.of(),
                state,
                null,
                List.of(),
                null,
                null,
                List.of(),
                null,
                null);
        return event.after(it, TestActors.approver()).state();
    }
}
