package koinon.funding.ledger;

import static koinon.funding.TestActors.NOW;
import static koinon.funding.TestActors.officer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import koinon.eventing.actor.Actor;
import koinon.eventing.consistency.ConsistencyReport;
import koinon.eventing.consistency.ConsistencyReport.Difference;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import koinon.eventing.value.Money;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/// Compares the entries of an aggregate with its own state.
class ReconciliationTest {

    private final Reconciliation reconciliation =
            new Reconciliation(Mockito.mock(Ledger.class), Mockito.mock(Balances.class));
    private final ConsistencyReport findings = new ConsistencyReport();

    sealed interface PurseEvent extends DomainEvent {
        @EventType("koinon.purse.filled.v1")
        record Filled(Money amount) implements PurseEvent {}
    }

    /// An aggregate whose balance is all that it was filled with.
    static final class Purse extends Aggregate<PurseEvent> implements LedgerAccountHolder {

        private Money has = Money.zero("EUR");

        Purse(String amount) {
            super("p");
            raise(new PurseEvent.Filled(Money.of(amount, "EUR")), officer());
        }

        @Override
        protected void when(PurseEvent event, Actor by) {
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
        EventEnvelope envelope = new EventEnvelope("purse/p", 1, NOW, "someone", null);
        reconciliation.onEvent(
                new ReceivedEvent(envelope, "koinon.fund.envelope-raised.v1", Map.of(), value), findings);
    }

    @Test
    void the_posted_entries_equal_the_state_of_the_aggregate() {
        posted("-100.00", "100.00");
        reconciliation.stored(new Purse("100.00"), findings);

        assertThat(findings.report())
                .isEqualTo(new ConsistencyReport.Report(Map.of("entries", 1L), List.of(), List.of()));
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
