package koinon.funding.ledger;

import java.util.List;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.EventType;
import koinon.platform.model.EventTypes;
import koinon.platform.model.Heard;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Lists the double entries of money events and adds them up. The event's id is the entry's, so a repeated event has no
/// effect; one that was listed when its copy died is added up when it comes again.
@Component
final class FundingListener {

    /// So that a slow database answers in time.
    private static final int AT_ONCE = 100;

    private final Inbox inbox;
    private final Ledger ledger;
    private final Balances balances;

    FundingListener(Inbox inbox, Ledger ledger, Balances balances) {
        this.inbox = inbox;
        this.ledger = ledger;
        this.balances = balances;
    }

    /// What the ledger needs of a money event.
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

    @KafkaListener(topics = "koinon.funding", groupId = "funding.ledger.funding", batch = "true")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        inbox.readAll(records, Foreign.class, this::hear);
    }

    private void hear(List<Inbox.Event<Foreign>> events) {
        List<Entry> entries = events.stream()
                .filter(it -> !it.event().postings().isEmpty())
                .map(it -> entry(it.event(), it.heard()))
                .toList();
        for (int from = 0; from < entries.size(); from += AT_ONCE) {
            List<Entry> some = entries.subList(from, Math.min(entries.size(), from + AT_ONCE));
            ledger.list(some);
            balances.add(some);
        }
    }

    /// The entry that lists a money event.
    static Entry entry(Foreign event, Heard heard) {
        return new Entry(
                heard.position().toString(),
                heard.at(),
                EventTypes.nameOf(event.getClass()),
                event.funder(),
                event.project(),
                event.postings());
    }
}
