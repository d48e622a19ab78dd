package koinon.funding.agreement;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.agreement.AgreementFixture.eur;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import koinon.eventing.document.EventJson;
import koinon.funding.agreement.AgreementFacts.FundAnswer;
import koinon.funding.agreement.payment.OfferedTranche;
import koinon.funding.agreement.payment.Scheme;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// Every published sample of an event that agreements react to can be read, and has the right content.
class AgreementReactionsTest {

    @Test
    void the_events_of_proposals_and_projects_that_it_reads() {
        List<Object> read =
                Contracts.readsAll("projects", AgreementProjectListener.Foreign.class, EventJson.mapper()::readValue);

        assertThat(read)
                .hasAtLeastOneElementOfType(AgreementProjectListener.Terminated.class)
                .hasAtLeastOneElementOfType(AgreementProjectListener.VerificationWithdrawn.class);
        assertThat(read.stream().filter(AgreementProjectListener.Selected.class::isInstance))
                .first()
                .satisfies(it -> {
                    AgreementProjectListener.Selected selected = (AgreementProjectListener.Selected) it;
                    assertThat(selected.selection()).isEqualTo(1);
                    assertThat(selected.cities()).containsExactly("vn-hanoi", "ph-cebu-city");
                    assertThat(selected.grants())
                            .first()
                            .isEqualTo(new AgreementProjectListener.Grant("fund-a", eur("70000"), "vn-hanoi"));
                });
        assertThat(read.stream().filter(AgreementProjectListener.Approved.class::isInstance))
                .first()
                .satisfies(it -> {
                    AgreementProjectListener.Approved approved = (AgreementProjectListener.Approved) it;
                    Scheme scheme = approved.award().scheme(approved.selection());
                    assertThat(scheme.selection()).isEqualTo(1);
                    assertThat(scheme.of(eur("100")).stream()
                                    .map(OfferedTranche::planned)
                                    .reduce(eur("0"), (one, other) -> one.plus(other)))
                            .isEqualTo(eur("100"));
                    assertThat(scheme.milestones())
                            .allSatisfy(one -> assertThat(one.weight()).isPositive());
                });
    }

    @Test
    void the_events_of_its_fund_that_it_reads() {
        List<Object> read =
                Contracts.readsAll("funding", AgreementFundListener.Foreign.class, EventJson.mapper()::readValue);

        assertThat(read)
                .extracting(it -> ((AgreementFundListener.Foreign) it).answer())
                .contains(new FundAnswer(1, FUNDER, null), new FundAnswer(1, null, "There is no such fund."));
    }
}
