package koinon.funding.fund;

import static koinon.funding.TestActors.FUNDER;
import static koinon.funding.TestActors.NOW;
import static koinon.funding.TestActors.officer;
import static koinon.funding.TestActors.system;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import koinon.eventing.consistency.ConsistencyReport;
import koinon.eventing.consistency.ConsistencyReport.Difference;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.value.Money;
import org.junit.jupiter.api.Test;

/// Compares what a fund holds with the events of its agreements.
class HoldsConsistencyCheckTest {

    private static final String REQUESTED = "{\"fund\":\"f\"}";
    private static final String RESERVED = "{\"fund\":\"f\",\"amount\":{\"amount\":\"100.00\",\"currency\":\"EUR\"}}";
    private static final String CLOSED = "{\"fund\":\"f\",\"rest\":{\"amount\":\"30.00\",\"currency\":\"EUR\"}}";

    private final Fund fund = Fund.open("f", FUNDER, "Nordic Fund", "EUR", null, officer());
    private final HoldsConsistencyCheck check = new HoldsConsistencyCheck();
    private final ConsistencyReport report = new ConsistencyReport();

    private void asked(String agreement, String amount, long sequence) {
        fund.raiseEnvelope(eur(amount), "More.", officer());
        fund.setAside("c", fund.envelope(), officer());
        fund.requested(agreement, "p", "c", 1, eur(amount), "vn-hanoi", system());
        fund.markSeen(envelope(agreement, sequence));
    }

    private void happened(String agreement, long sequence, String type, String value) {
        check.onEvent(
                new ReceivedEvent(envelope(agreement, sequence), "koinon.agreement." + type + ".v1", Map.of(), value),
                report);
    }

    private static EventEnvelope envelope(String agreement, long sequence) {
        return new EventEnvelope("agreement/" + agreement, sequence, NOW, "system:funding", null);
    }

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private List<Difference> differences() {
        check.stored(fund, report);
        check.conclude(report);
        return report.report().differences();
    }

    @Test
    void a_hold_that_its_agreement_knows_of_is_right() {
        asked("a", "100.00", 1);
        happened("a", 1, "requested", REQUESTED);
        happened("a", 2, "reserved", RESERVED);

        assertThat(differences()).isEmpty();
        assertThat(report.report().checked()).containsEntry("holds", 1L);
    }

    @Test
    void a_hold_of_another_amount_than_the_agreement_was_promised_is_named() {
        asked("a", "90.00", 1);
        happened("a", 1, "requested", REQUESTED);
        happened("a", 2, "reserved", RESERVED);

        assertThat(differences())
                .containsExactly(new Difference(
                        "fund/f",
                        "It holds 90.00 EUR for agreement a, and by the agreement's events it is 100.00 EUR."));
    }

    @Test
    void a_hold_for_an_agreement_that_was_refused_is_named() {
        asked("a", "100.00", 1);
        happened("a", 1, "requested", REQUESTED);
        happened("a", 2, "refused", REQUESTED);

        assertThat(differences())
                .containsExactly(new Difference(
                        "fund/f",
                        "It holds 100.00 EUR for agreement a, and by the agreement's events it is 0.00 EUR."));
    }

    @Test
    void a_hold_that_no_agreement_asked_for_is_named() {
        asked("a", "100.00", 0);

        assertThat(differences()).hasSize(1);
    }

    @Test
    void a_released_amount_is_held_until_the_fund_has_handled_the_release() {
        asked("a", "100.00", 1);
        released("a");

        assertThat(differences()).isEmpty();
    }

    @Test
    void an_amount_that_a_fund_still_holds_after_it_handled_the_release_is_reported() {
        asked("a", "100.00", 1);
        released("a");
        fund.markSeen(envelope("a", 3));

        assertThat(differences())
                .containsExactly(new Difference(
                        "fund/f",
                        "It holds 100.00 EUR for agreement a, and by the agreement's events it is 0.00 EUR."));
    }

    private void released(String agreement) {
        happened(agreement, 1, "requested", REQUESTED);
        happened(agreement, 2, "reserved", RESERVED);
        happened(agreement, 3, "released", REQUESTED);
    }

    @Test
    void of_a_closed_agreement_what_was_paid_stays_held() {
        asked("a", "100.00", 1);
        happened("a", 1, "requested", REQUESTED);
        happened("a", 2, "reserved", RESERVED);
        happened("a", 9, "closed", CLOSED);
        fund.closed("a", eur("30.00"), system());
        fund.markSeen(envelope("a", 9));

        assertThat(differences()).isEmpty();
    }

    @Test
    void of_an_agreement_that_closed_again_what_bounced_and_was_cancelled_is_held_no_more() {
        asked("a", "100.00", 1);
        happened("a", 1, "requested", REQUESTED);
        happened("a", 2, "reserved", RESERVED);
        happened("a", 9, "closed", CLOSED);
        happened("a", 13, "closed", CLOSED);
        fund.closed("a", eur("30.00"), system());
        fund.closed("a", eur("30.00"), system());
        fund.markSeen(envelope("a", 13));

        assertThat(differences()).isEmpty();
        assertThat(fund.held()).isEqualTo(eur("40.00"));
    }

    @Test
    void an_agreement_that_went_on_while_it_was_read_proves_nothing() {
        asked("a", "90.00", 5);
        happened("a", 1, "requested", REQUESTED);
        happened("a", 2, "reserved", RESERVED);

        assertThat(differences()).isEmpty();
        assertThat(report.report().checked()).doesNotContainKey("holds");
    }
}
