package koinon.funding.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import koinon.funding.funder.Sight;
import koinon.platform.document.EventJson;
import koinon.platform.model.Money;
import koinon.platform.web.Page;
import koinon.testing.Contracts;
import koinon.testing.RealParts;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/// The ledger on whichever database is there.
@RealParts(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LedgerTest {

    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");
    private static final Sight ALL = new Sight(true, Set.of(), Set.of());

    @Autowired
    private Ledger ledger;

    private final String fund = UUID.randomUUID().toString();

    @Test
    void an_entry_that_comes_again_is_there_once_and_as_it_was() {
        Entry entry = entry(1, "100.00", "EUR");
        ledger.list(List.of(entry));
        ledger.list(List.of(entry));
        ledger.list(List.of(new Entry(entry.id(), AT, "another", "another", null, List.of()), entry(2, "5.00", "EUR")));

        assertThat(ledger.entries("fund/" + fund, ALL, first(10))).containsExactly(entry, entry(2, "5.00", "EUR"));
    }

    @Test
    void pages_follow_one_another_in_time_and_miss_nothing_at_one_moment() {
        for (int i = 1; i <= 5; i++) ledger.list(List.of(entry(i, "1.00", "EUR")));

        List<Entry> firstTwo = ledger.entries("fund/" + fund, ALL, new Page.Wanted(null, 1));
        List<Entry> rest = ledger.entries("fund/" + fund, ALL, new Page.Wanted(Ledger.placeOf(firstTwo.getLast()), 10));

        assertThat(firstTwo).hasSize(2);
        assertThat(rest).hasSize(3).doesNotContainAnyElementsOf(firstTwo);
    }

    @Test
    void a_funder_sees_its_own_entries_only() {
        ledger.list(List.of(entry(1, "1.00", "EUR")));
        Sight other = new Sight(false, Set.of("another"), Set.of());

        assertThat(ledger.entries("fund/" + fund, other, first(10))).isEmpty();
    }

    @Test
    void every_sample_of_every_money_event_can_be_read_and_is_zero() {
        assertThat(Contracts.readsAll("funding", FundingListener.Foreign.class, EventJson.mapper()::readValue))
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(it -> assertThat(((FundingListener.Foreign) it)
                                .postings().stream()
                                        .map(one -> one.amount().amount())
                                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isEqualByComparingTo("0"));
    }

    private static Page.Wanted first(int limit) {
        return new Page.Wanted(null, limit);
    }

    private Entry entry(int sequence, String amount, String currency) {
        return new Entry(
                "fund/" + fund + "/" + sequence,
                AT,
                "koinon.fund.envelope-raised.v1",
                "funder-of-" + fund,
                null,
                Posting.move(Money.of(amount, currency), Posting.funder("funder-of-" + fund), Posting.available(fund)));
    }
}
