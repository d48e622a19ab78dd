package koinon.funding.fund;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.system;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import koinon.eventing.document.EventJson;
import koinon.eventing.value.Money;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every published sample of an event that funds react to can be read, and is accepted in every state.
class FundReactionsTest {

    private static final String CALL = "7d7e0f5a-0f0c-4b6a-8a53-7a1c7a2b9e01";

    static Stream<Supplier<Fund>> funds() {
        return Stream.of(() -> Fund.placeholder("a-fund"), FundReactionsTest::empty, FundReactionsTest::full);
    }

    @ParameterizedTest
    @MethodSource("funds")
    void whatever_agreements_say_is_never_refused(Supplier<Fund> funds) {
        List<Object> read =
                Contracts.readsAll("funding", FundAgreementListener.Foreign.class, EventJson.mapper()::readValue);
        assertThat(read)
                .hasAtLeastOneElementOfType(FundAgreementListener.Requested.class)
                .hasAtLeastOneElementOfType(FundAgreementListener.Released.class)
                .hasAtLeastOneElementOfType(FundAgreementListener.Closed.class);
        for (Object first : read)
            for (Object then : read) {
                Fund fund = funds.get();
                FundAgreementListener.react(fund, "an-agreement", (FundAgreementListener.Foreign) first, system());
                FundAgreementListener.react(fund, "an-agreement", (FundAgreementListener.Foreign) then, system());
                assertThat(fund.held().isNegative()).isFalse();
                assertThat(fund.held().exceeds(fund.envelope())).isFalse();
            }
    }

    private static Fund empty() {
        return Fund.open("a-fund", FUNDER, "A fund", "EUR", null, officer());
    }

    private static Fund full() {
        Fund fund = empty();
        fund.raiseEnvelope(Money.of("100000", "EUR"), "Budget.", officer());
        fund.setAside(CALL, Money.of("100000", "EUR"), officer());
        return fund;
    }
}
