package koinon.funding.ledger;

import java.util.List;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import koinon.eventing.model.EventTypes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Stores the double entries of money events and adds them to the balances. The event's id is the entry's id, so a
/// repeated event has no effect. If a copy stops after storing an entry, the redelivered event adds it to the
/// balance.
@Component
final class LedgerListener {

    /// Bounds one write, so that a slow database answers before the timeout.
    private static final int AT_ONCE = 100;

    private final Inbox inbox;
    private final Ledger ledger;
    private final Balances balances;

    LedgerListener(Inbox inbox, Ledger ledger, Balances balances) {
        this.inbox = inbox;
        this.ledger = ledger;
        this.balances = balances;
    }

    /// What the ledger reads from a money event.
    sealed interface Foreign {
        String funder();

        List<Posting> postings();

        default @Nullable String project() {
            return null;
        }
    }

    @EventType("koinon.fund.envelope-raised.v1")
    record EnvelopeRaised(String funder, List<Posting> postings) implements Foreign {}

    @EventType("koinon.fund.envelope-lowered.v1")
    record EnvelopeLowered(String funder, List<Posting> postings) implements Foreign {}

    @EventType("koinon.fund.reserved.v1")
    record Reserved(String funder, String project, List<Posting> postings) implements Foreign {}

    @EventType("koinon.fund.released.v1")
    record Released(String funder, String project, List<Posting> postings) implements Foreign {}

    @EventType("koinon.agreement.in-force.v1")
    record InForce(String funder, String project, List<Posting> postings) implements Foreign {}

    @EventType("koinon.agreement.closed.v1")
    record Closed(String funder, String project, List<Posting> postings) implements Foreign {}

    @EventType("koinon.agreement.tranche-paid.v1")
    record Paid(String funder, String project, List<Posting> postings) implements Foreign {}

    @EventType("koinon.agreement.tranche-bounced.v1")
    record Bounced(String funder, String project, List<Posting> postings) implements Foreign {}

    @EventType("koinon.agreement.tranche-payment-reversed.v1")
    record PaymentReversed(String funder, String project, List<Posting> postings) implements Foreign {}

    @KafkaListener(topics = "koinon.funding", groupId = "funding.ledger.funding", batch = "true")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        inbox.readAll(records, Foreign.class, this::handle);
    }

    private void handle(List<Inbox.Event<Foreign>> events) {
        List<LedgerEntry> entries = events.stream()
                .filter(it -> !it.event().postings().isEmpty())
                .map(it -> entry(it.event(), it.envelope()))
                .toList();
        for (int from = 0; from < entries.size(); from += AT_ONCE) {
            List<LedgerEntry> some = entries.subList(from, Math.min(entries.size(), from + AT_ONCE));
            ledger.list(some);
            balances.add(some);
        }
    }

    /// The entry of a money event.
    static LedgerEntry entry(Foreign event, EventEnvelope envelope) {
        return new LedgerEntry(
                envelope.position().toString(),
                envelope.at(),
                EventTypes.nameOf(event.getClass()),
                event.funder(),
                event.project(),
                event.postings());
    }
}
