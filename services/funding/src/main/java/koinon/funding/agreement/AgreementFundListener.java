package koinon.funding.agreement;

import koinon.eventing.document.Aggregates;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import koinon.funding.agreement.AgreementFacts.FundAnswer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tells an agreement the answer of its fund.
@Component
final class AgreementFundListener {

    private final Inbox inbox;
    private final Aggregates aggregates;

    AgreementFundListener(Inbox inbox, Aggregates aggregates) {
        this.inbox = inbox;
        this.aggregates = aggregates;
    }

    /// The fund events that agreements react to.
    sealed interface Foreign {
        String agreement();

        FundAnswer answer();
    }

    @EventType("koinon.fund.reserved.v1")
    record Reserved(String funder, String agreement, int selection) implements Foreign {
        @Override
        public FundAnswer answer() {
            return new FundAnswer(selection, funder, null);
        }
    }

    @EventType("koinon.fund.refused.v1")
    record Refused(@Nullable String funder, String agreement, int selection, String reason) implements Foreign {
        @Override
        public FundAnswer answer() {
            return new FundAnswer(selection, funder, reason);
        }
    }

    @KafkaListener(topics = "koinon.funding", groupId = "funding.agreement.funding")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::on);
    }

    private void on(Foreign event, EventEnvelope envelope) {
        aggregates.react(
                Agreement.class,
                event.agreement(),
                envelope,
                () -> Agreement.placeholder(event.agreement()),
                (agreement, by) -> agreement.on(facts -> facts.answered(event.answer()), by));
    }
}
