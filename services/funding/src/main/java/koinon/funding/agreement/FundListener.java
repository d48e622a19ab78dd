package koinon.funding.agreement;

import koinon.funding.agreement.Facts.FundAnswer;
import koinon.platform.document.Aggregates;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.EventType;
import koinon.platform.model.Heard;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Lets an agreement hear what its fund answered.
@Component
final class FundListener {

    private final Inbox inbox;
    private final Aggregates aggregates;

    FundListener(Inbox inbox, Aggregates aggregates) {
        this.inbox = inbox;
        this.aggregates = aggregates;
    }

    /// What an agreement hears of its fund.
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
        inbox.read(record, Foreign.class, this::hear);
    }

    private void hear(Foreign event, Heard heard) {
        aggregates.react(
                Agreement.class,
                event.agreement(),
                heard,
                () -> Agreement.expected(event.agreement()),
                (agreement, by) -> agreement.hear(facts -> facts.answered(event.answer()), by));
    }
}
