package koinon.funding.agreement;

import static koinon.funding.People.FUNDER;
import static koinon.funding.agreement.Fixture.eur;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import koinon.funding.agreement.Facts.FundAnswer;
import koinon.platform.document.EventJson;
import koinon.testing.Contracts;
import org.junit.jupiter.api.Test;

/// Every sample that was ever published of what an agreement hears can be read, and says what it should.
class HeardTest {

    @Test
    void what_it_hears_of_proposals_and_projects() {
        List<Object> read =
                Contracts.readsAll("projects", ProjectListener.Foreign.class, EventJson.mapper()::readValue);

        assertThat(read)
                .hasAtLeastOneElementOfType(ProjectListener.Terminated.class)
                .hasAtLeastOneElementOfType(ProjectListener.VerificationWithdrawn.class);
        assertThat(read.stream().filter(ProjectListener.Selected.class::isInstance))
                .first()
                .satisfies(it -> {
                    ProjectListener.Selected selected = (ProjectListener.Selected) it;
                    assertThat(selected.selection()).isEqualTo(1);
                    assertThat(selected.cities()).containsExactly("vn-hanoi", "ph-cebu-city");
                    assertThat(selected.grants())
                            .first()
                            .isEqualTo(new ProjectListener.Grant("fund-a", eur("70000"), "vn-hanoi"));
                });
        assertThat(read.stream().filter(ProjectListener.Approved.class::isInstance))
                .first()
                .satisfies(it -> {
                    ProjectListener.Approved approved = (ProjectListener.Approved) it;
                    Facts.Scheme scheme = approved.award().scheme(approved.selection());
                    assertThat(scheme.selection()).isEqualTo(1);
                    assertThat(scheme.of(eur("100")).stream()
                                    .map(AgreementEvent.OfferedTranche::planned)
                                    .reduce(eur("0"), (one, other) -> one.plus(other)))
                            .isEqualTo(eur("100"));
                    assertThat(scheme.milestones())
                            .allSatisfy(one -> assertThat(one.weight()).isLessThanOrEqualTo(BigDecimal.ONE));
                });
    }

    @Test
    void what_it_hears_of_its_fund() {
        List<Object> read = Contracts.readsAll("funding", FundListener.Foreign.class, EventJson.mapper()::readValue);

        assertThat(read)
                .extracting(it -> ((FundListener.Foreign) it).answer())
                .contains(new FundAnswer(1, FUNDER, null), new FundAnswer(1, null, "There is no such fund."));
    }
}
