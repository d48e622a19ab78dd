package koinon.funding.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import koinon.eventing.document.EventJson;
import koinon.eventing.value.Money;
import koinon.funding.funder.FundingVisibility;
import koinon.http.page.Page;
import koinon.testing.contract.Contracts;
import koinon.testing.infrastructure.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/// The ledger, with each supported database.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LedgerTest {

    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");
    private static final FundingVisibility ALL = new FundingVisibility(true, Set.of(), Set.of());

    @Autowired
    private Ledger ledger;

    private final String fund = UUID.randomUUID().toString();

    @Test
    void an_entry_that_comes_again_is_there_once_and_as_it_was() {
        LedgerEntry entry = entry(1, "100.00", "EUR");
        ledger.list(List.of(entry));
        ledger.list(List.of(entry));
        ledger.list(List.of(
                new LedgerEntry(entry.id(), AT, "another", "another", null, List.of()), entry(2, "5.00", "EUR")));

        assertThat(ledger.entries("fund/" + fund, ALL, first(10))).containsExactly(entry, entry(2, "5.00", "EUR"));
    }

    @Test
    void pages_follow_one_another_in_time_and_miss_nothing_at_one_moment() {
        for (int i = 1; i <= 5; i++) ledger.list(List.of(entry(i, "1.00", "EUR")));

        List<LedgerEntry> firstTwo = ledger.entries("fund/" + fund, ALL, new Page.Wanted(null, 1));
        List<LedgerEntry> rest =
                ledger.entries("fund/" + fund, ALL, new Page.Wanted(Ledger.sortKeyOf(firstTwo.getLast()), 10));

        assertThat(firstTwo).hasSize(2);
        assertThat(rest).hasSize(3).doesNotContainAnyElementsOf(firstTwo);
    }

    @Test
    void a_funder_sees_its_own_entries_only() {
        ledger.list(List.of(entry(1, "1.00", "EUR")));
        FundingVisibility other = new FundingVisibility(false, Set.of("another"), Set.of());

        assertThat(ledger.entries("fund/" + fund, other, first(10))).isEmpty();
    }

    @Test
    void every_sample_of_every_money_event_can_be_read_and_is_zero() {
        assertThat(Contracts.readsAll("funding", LedgerListener.Foreign.class, EventJson.mapper()::readValue))
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(it -> assertThat(((LedgerListener.Foreign) it)
                                .postings().stream()
                                        .map(one -> one.amount().amount())
                                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo("0"));
    }

    private static Page.Wanted first(int limit) {
        return new Page.Wanted(null, limit);
    }

    private LedgerEntry entry(int sequence, String amount, String currency) {
        return new LedgerEntry(
                "fund/" + fund + "/" + sequence,
                AT,
                "koinon.fund.envelope-raised.v1",
                "funder-of-" + fund,
                null,
                Posting.move(Money.of(amount, currency), Posting.funder("funder-of-" + fund), Posting.available(fund)));
    }
}
