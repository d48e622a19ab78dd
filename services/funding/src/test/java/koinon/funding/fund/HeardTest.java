package koinon.funding.fund;

import static koinon.funding.People.FUNDER;
import static koinon.funding.People.officer;
import static koinon.funding.People.system;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import koinon.platform.document.EventJson;
import koinon.platform.model.Money;
import koinon.testing.Contracts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample that was ever published of what a fund hears can be read and is heard in every state.
class HeardTest {

    private static final String CALL = "7d7e0f5a-0f0c-4b6a-8a53-7a1c7a2b9e01";

    static Stream<Supplier<Fund>> funds() {
        return Stream.of(() -> Fund.unopened("a-fund"), HeardTest::empty, HeardTest::full);
    }

    @ParameterizedTest
    @MethodSource("funds")
    void whatever_agreements_say_is_never_refused(Supplier<Fund> funds) {
        List<Object> read =
                Contracts.readsAll("funding", AgreementListener.Foreign.class, EventJson.mapper()::readValue);
        assertThat(read)
                .hasAtLeastOneElementOfType(AgreementListener.Requested.class)
                .hasAtLeastOneElementOfType(AgreementListener.Released.class)
                .hasAtLeastOneElementOfType(AgreementListener.Closed.class);
        for (Object first : read)
            for (Object then : read) {
                Fund fund = funds.get();
                AgreementListener.tell(fund, "an-agreement", (AgreementListener.Foreign) first, system());
                AgreementListener.tell(fund, "an-agreement", (AgreementListener.Foreign) then, system());
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
