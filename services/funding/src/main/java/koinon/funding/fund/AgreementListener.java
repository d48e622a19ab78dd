package koinon.funding.fund;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Aggregates.Reacting;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.By;
import koinon.platform.model.EventType;
import koinon.platform.model.Money;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Lets funds hear what agreements ask for and give back. What one poll brings for one fund is one write of that
/// fund, each event under its own guard, so that a popular fund does not become a queue.
@Component
final class AgreementListener {

    private final Inbox inbox;
    private final Aggregates aggregates;

    AgreementListener(Inbox inbox, Aggregates aggregates) {
        this.inbox = inbox;
        this.aggregates = aggregates;
    }

    /// What a fund hears of agreements.
    sealed interface Foreign {
        String fund();
    }

    @EventType("koinon.agreement.requested.v1")
    record Requested(String project, String call, String fund, int selection, Money amount, String beneficiary)
            implements Foreign {}

    @EventType("koinon.agreement.released.v1")
    record Released(String fund, String reason) implements Foreign {}

    @EventType("koinon.agreement.closed.v1")
    record Closed(String fund, Money rest) implements Foreign {}

    @KafkaListener(topics = "koinon.funding", groupId = "funding.fund.funding", batch = "true")
    void on(List<ConsumerRecord<String, byte[]>> records) {
        inbox.readAll(records, Foreign.class, this::hear);
    }

    private void hear(List<Inbox.Event<Foreign>> events) {
        Map<String, List<Reacting<Fund>>> byFund = new LinkedHashMap<>();
        for (Inbox.Event<Foreign> it : events)
            byFund.computeIfAbsent(it.event().fund(), _ -> new ArrayList<>())
                    .add(new Reacting<>(
                            it.heard(), (fund, by) -> tell(fund, it.heard().id(), it.event(), by)));
        byFund.forEach((id, several) -> aggregates.react(Fund.class, id, several, () -> Fund.unopened(id)));
    }

    static void tell(Fund fund, String agreement, Foreign event, By by) {
        switch (event) {
            case Requested e ->
                fund.requested(agreement, e.project(), e.call(), e.selection(), e.amount(), e.beneficiary(), by);
            case Released e -> fund.released(agreement, e.reason(), by);
            case Closed e -> fund.closed(agreement, e.rest(), by);
        }
    }
}
