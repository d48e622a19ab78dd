package koinon.funding.ledger;

import static koinon.funding.People.NOW;
import static koinon.funding.People.officer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import koinon.platform.inbox.Message;
import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import koinon.platform.model.DomainEvent;
import koinon.platform.model.EventType;
import koinon.platform.model.Heard;
import koinon.platform.model.Money;
import koinon.platform.verification.Findings;
import koinon.platform.verification.Findings.Difference;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/// What an aggregate posted, beside what it says of itself.
class ReconciliationTest {

    private final Reconciliation reconciliation =
            new Reconciliation(Mockito.mock(Ledger.class), Mockito.mock(Balances.class));
    private final Findings findings = new Findings();

    sealed interface PurseEvent extends DomainEvent {
        @EventType("koinon.purse.filled.v1")
        record Filled(Money amount) implements PurseEvent {}
    }

    /// Says that it has all that it was filled with.
    static final class Purse extends Aggregate<PurseEvent> implements Accountable {

        private Money has = Money.zero("EUR");

        Purse(String amount) {
            super("p");
            raise(new PurseEvent.Filled(Money.of(amount, "EUR")), officer());
        }

        @Override
        protected void when(PurseEvent event, By by) {
            if (event instanceof PurseEvent.Filled it) has = has.plus(it.amount());
        }

        @Override
        public Map<String, Money> balances() {
            return Map.of("purse/p", has, "funder/f", has.negated());
        }
    }

    private void posted(String from, String to) {
        String value = """
                {"funder":"f","postings":[
                {"account":"funder/f","amount":{"amount":"%s","currency":"EUR"}},
                {"account":"purse/p","amount":{"amount":"%s","currency":"EUR"}}]}""".formatted(from, to);
        Heard heard = new Heard("purse/p", 1, NOW, "someone", null);
        reconciliation.happened(new Message(heard, "koinon.fund.envelope-raised.v1", Map.of(), value), findings);
    }

    @Test
    void what_was_posted_is_what_the_aggregate_says_of_itself() {
        posted("-100.00", "100.00");
        reconciliation.stored(new Purse("100.00"), findings);

        assertThat(findings.report()).isEqualTo(new Findings.Report(Map.of("entries", 1L), List.of(), List.of()));
    }

    @Test
    void an_account_with_more_than_was_posted_is_named_on_both_sides() {
        posted("-90.00", "90.00");
        reconciliation.stored(new Purse("100.00"), findings);

        assertThat(findings.report().differences())
                .containsExactly(
                        new Difference(
                                "purse/p",
                                "Its entries have moved -90.00 EUR to funder/f, and as it is stored it is -100.00 EUR."),
                        new Difference(
                                "purse/p",
                                "Its entries have moved 90.00 EUR to purse/p, and as it is stored it is 100.00 EUR."));
    }

    @Test
    void an_entry_that_is_not_zero_is_named() {
        posted("-90.00", "100.00");

        assertThat(findings.report().differences())
                .containsExactly(new Difference("purse/p", "Entry purse/p/1 must be zero, and it is 10.00 EUR."));
    }

    @Test
    void an_aggregate_that_never_moved_money_has_none() {
        reconciliation.stored(new Purse("0.00"), findings);

        assertThat(findings.report().differences()).isEmpty();
    }
}
