package koinon.funding.fund;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import koinon.eventing.consistency.ConsistencyCheck;
import koinon.eventing.consistency.ConsistencyReport;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventType;
import koinon.eventing.value.Money;
import koinon.funding.fund.Fund.Hold;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/// Checks that funds and agreements agree: a fund holds for an agreement what the agreement was promised and has
/// not released, up to the last event of the agreement that the fund has handled.
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class HoldsConsistencyCheck implements ConsistencyCheck {

    private static final String AGREEMENT = "agreement/";

    private final List<Fund> funds = new ArrayList<>();
    private final Map<String, NavigableMap<Long, Foreign>> agreements = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();

    /// The agreement events that record its exchange with the fund.
    sealed interface Foreign {
        String fund();
    }

    @EventType("koinon.agreement.requested.v1")
    record Requested(String fund) implements Foreign {}

    @EventType("koinon.agreement.reserved.v1")
    record Reserved(String fund, Money amount) implements Foreign {}

    @EventType("koinon.agreement.refused.v1")
    record Refused(String fund) implements Foreign {}

    @EventType("koinon.agreement.released.v1")
    record Released(String fund) implements Foreign {}

    @EventType("koinon.agreement.closed.v1")
    record Closed(String fund, Money rest) implements Foreign {}

    @Override
    public void onEvent(ReceivedEvent event, ConsistencyReport report) {
        String subject = event.envelope().subject();
        if (!subject.startsWith(AGREEMENT)) return;
        String agreement = event.envelope().id();
        read.put(agreement, event.envelope().sequence());
        event.event(Foreign.class)
                .ifPresent(it -> agreements
                        .computeIfAbsent(agreement, _ -> new TreeMap<>())
                        .put(event.envelope().sequence(), it));
    }

    @Override
    public void stored(Aggregate<?> aggregate, ConsistencyReport report) {
        if (aggregate instanceof Fund fund) funds.add(fund);
    }

    @Override
    public void conclude(ConsistencyReport report) {
        Map<String, Set<String>> byFund = new HashMap<>();
        agreements.forEach((agreement, events) -> byFund.computeIfAbsent(
                        events.firstEntry().getValue().fund(), _ -> new TreeSet<>())
                .add(agreement));
        for (Fund fund : funds) {
            Set<String> all = new TreeSet<>(fund.holds().keySet());
            all.addAll(byFund.getOrDefault(fund.id(), Set.of()));
            all.forEach(it -> compare(fund, it, report));
        }
    }

    private void compare(Fund fund, String agreement, ConsistencyReport report) {
        long handled = fund.seen().getOrDefault(AGREEMENT + agreement, 0L);
        // The fund has handled events that were published after this check read the topic.
        if (handled > read.getOrDefault(agreement, 0L)) return;
        Money none = Money.zero(fund.currency());
        @Nullable Hold hold = fund.holds().get(agreement);
        Money holds = hold == null ? none : hold.amount();
        @Nullable Money promised = promised(agreements.getOrDefault(agreement, new TreeMap<>()), handled, none);
        report.checked("holds", 1);
        if (promised != null && !promised.equals(holds))
            report.differs(
                    "fund/" + fund.id(),
                    "It holds " + holds + " for agreement " + agreement + ", and by the agreement's events it is "
                            + promised + ".");
    }

    /// The amount that the fund must hold after it handled the agreement's events up to a sequence; absent while
    /// the fund's answer has not reached the agreement.
    private static @Nullable Money promised(NavigableMap<Long, Foreign> events, long handled, Money none) {
        Money promised = none;
        for (var it : events.entrySet()) {
            switch (it.getValue()) {
                case Requested _ -> {
                    if (it.getKey() > handled) return promised;
                    if (events.higherEntry(it.getKey()) == null) return null;
                }
                case Reserved e -> promised = e.amount();
                case Refused _ -> promised = none;
                case Released _ -> promised = it.getKey() > handled ? promised : none;
                case Closed e -> promised = it.getKey() > handled ? promised : promised.minus(e.rest());
            }
        }
        return promised;
    }
}
