package koinon.funding.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import koinon.eventing.document.EventJson;
import koinon.eventing.value.Money;
import koinon.funding.funder.FundingVisibility;
import koinon.testing.infrastructure.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/// Balances, with each supported database.
@IntegrationTest(sharing = "funding")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BalancesTest {

    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");
    private static final FundingVisibility ALL = new FundingVisibility(true, Set.of(), Set.of());

    @Autowired
    private Balances balances;

    private final String fund = UUID.randomUUID().toString();
    private final String funder = "funder-of-" + fund;

    @Test
    void an_entry_that_comes_again_is_added_once() {
        add(raised(1, "100.00"), raised(4, "11.00"), raised(4, "11.00"));
        add(raised(4, "11.00"), raised(5, "0.50"));
        add(raised(1, "100.00"));

        assertThat(of("fund/" + fund)).containsExactly("fund/" + fund + "/available 111.50 EUR");
    }

    @Test
    void two_copies_of_the_service_that_add_the_same_entries_add_each_once() throws Exception {
        Runnable copy = () -> IntStream.rangeClosed(1, 100).forEach(n -> add(raised(n, "1.00")));
        try (var copies = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : List.of(copies.submit(copy), copies.submit(copy))) one.get();
        }

        assertThat(of("fund/" + fund)).containsExactly("fund/" + fund + "/available 100.00 EUR");
    }

    @Test
    void thousands_of_the_largest_amounts_in_dong_add_up_exactly() {
        Money largest = Money.of("9999999999999999", "VND");
        for (int i = 0; i < 3; i++) {
            int batch = 1_000 * i;
            add(IntStream.rangeClosed(1, 1_000)
                    .mapToObj(n -> raised(batch + n, largest))
                    .toArray(LedgerEntry[]::new));
        }

        assertThat(of("fund/" + fund)).containsExactly("fund/" + fund + "/available 29999999999999997000 VND");
        assertThat(EventJson.mapper()
                        .readValue(
                                EventJson.mapper().writeValueAsString(Money.of("29999999999999997000", "VND")),
                                Money.class))
                .isEqualTo(Money.of("29999999999999997000", "VND"));
    }

    @Test
    void sums_are_exact_whatever_their_size_and_each_currency_is_its_own() {
        for (int i = 0; i < 3; i++) add(raised(10 + i, "99999999999999.99"));
        add(raised(20, "0.01"), raised(21, Money.of("700", "JPY")), raised(22, Money.of("0.001", "TND")));

        assertThat(of("fund/" + fund))
                .containsExactly(
                        "fund/" + fund + "/available 299999999999999.98 EUR",
                        "fund/" + fund + "/available 700 JPY",
                        "fund/" + fund + "/available 0.001 TND");
        assertThat(of("funder/" + funder)).contains("funder/" + funder + " -299999999999999.98 EUR");
    }

    @Test
    void what_several_move_on_one_account_is_one_sum() {
        String agreement = UUID.randomUUID().toString();
        add(
                raised(1, "100.00"),
                entry(
                        "fund/" + fund + "/2",
                        Posting.move(Money.of("60.00", "EUR"), Posting.available(fund), Posting.held(fund))),
                entry(
                        "agreement/" + agreement + "/7",
                        Posting.move(Money.of("25.00", "EUR"), Posting.held(fund), Posting.outstanding(agreement))));

        assertThat(of("fund/" + fund))
                .containsExactly("fund/" + fund + "/available 40.00 EUR", "fund/" + fund + "/held 35.00 EUR");
        assertThat(of("agreement/" + agreement)).containsExactly("agreement/" + agreement + "/outstanding 25.00 EUR");
    }

    @Test
    void a_funder_sees_its_own_accounts_only() {
        add(raised(1, "1.00"));

        assertThat(balances.of("fund/" + fund, new FundingVisibility(false, Set.of("another"), Set.of())))
                .isEmpty();
        assertThat(balances.of(null, new FundingVisibility(false, Set.of(funder), Set.of())))
                .extracting(Posting::account)
                .containsExactly("fund/" + fund + "/available", "funder/" + funder);
    }

    private List<String> of(String account) {
        return balances.of(account, ALL).stream()
                .map(it -> it.account() + " " + it.amount())
                .toList();
    }

    private void add(LedgerEntry... entries) {
        balances.add(List.of(entries));
    }

    private LedgerEntry raised(int sequence, String amount) {
        return raised(sequence, Money.of(amount, "EUR"));
    }

    private LedgerEntry raised(int sequence, Money amount) {
        return entry(
                "fund/" + fund + "/" + sequence, Posting.move(amount, Posting.funder(funder), Posting.available(fund)));
    }

    private LedgerEntry entry(String id, List<Posting> postings) {
        return new LedgerEntry(id, AT, "koinon.fund.envelope-raised.v1", funder, null, postings);
    }
}
