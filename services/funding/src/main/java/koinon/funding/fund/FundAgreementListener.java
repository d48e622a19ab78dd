package koinon.funding.fund;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koinon.eventing.actor.Actor;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Reacting;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventType;
import koinon.eventing.value.Money;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tells funds what agreements request and release. All events for one fund in one poll are one write of that fund,
/// each guarded by its own sequence, so that a fund with many agreements does not become a bottleneck.
@Component
final class FundAgreementListener {

    private final Inbox inbox;
    private final Aggregates aggregates;

    FundAgreementListener(Inbox inbox, Aggregates aggregates) {
        this.inbox = inbox;
        this.aggregates = aggregates;
    }

    /// The agreement events that funds react to.
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
        inbox.readAll(records, Foreign.class, this::handle);
    }

    private void handle(List<Inbox.Event<Foreign>> events) {
        Map<String, List<Reacting<Fund>>> byFund = new LinkedHashMap<>();
        for (Inbox.Event<Foreign> it : events)
            byFund.computeIfAbsent(it.event().fund(), _ -> new ArrayList<>())
                    .add(new Reacting<>(
                            it.envelope(),
                            (fund, by) -> react(fund, it.envelope().id(), it.event(), by)));
        byFund.forEach((id, several) -> aggregates.react(Fund.class, id, several, () -> Fund.placeholder(id)));
    }

    static void react(Fund fund, String agreement, Foreign event, Actor by) {
        switch (event) {
            case Requested e ->
                fund.requested(agreement, e.project(), e.call(), e.selection(), e.amount(), e.beneficiary(), by);
            case Released e -> fund.released(agreement, e.reason(), by);
            case Closed e -> fund.closed(agreement, e.rest(), by);
        }
    }
}
