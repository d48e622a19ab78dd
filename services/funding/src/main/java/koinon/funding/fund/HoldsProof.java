package koinon.funding.fund;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import koinon.funding.fund.Fund.Hold;
import koinon.platform.inbox.Message;
import koinon.platform.model.Aggregate;
import koinon.platform.model.EventType;
import koinon.platform.model.Money;
import koinon.platform.verification.Findings;
import koinon.platform.verification.Proof;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/// Proves that funds and agreements are of one mind: what a fund holds for an agreement is what the agreement was
/// promised and has not given back, as far as the fund has heard of it.
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class HoldsProof implements Proof {

    private static final String AGREEMENT = "agreement/";

    private final List<Fund> funds = new ArrayList<>();
    private final Map<String, NavigableMap<Long, Foreign>> agreements = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();

    /// What an agreement and its fund say to each other, as the agreement has it.
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
    public void happened(Message event, Findings findings) {
        String subject = event.heard().subject();
        if (!subject.startsWith(AGREEMENT)) return;
        String agreement = event.heard().id();
        read.put(agreement, event.heard().sequence());
        event.event(Foreign.class)
                .ifPresent(it -> agreements
                        .computeIfAbsent(agreement, _ -> new TreeMap<>())
                        .put(event.heard().sequence(), it));
    }

    @Override
    public void stored(Aggregate<?> aggregate, Findings findings) {
        if (aggregate instanceof Fund fund) funds.add(fund);
    }

    @Override
    public void conclude(Findings findings) {
        Map<String, Set<String>> byFund = new HashMap<>();
        agreements.forEach((agreement, told) -> byFund.computeIfAbsent(
                        told.firstEntry().getValue().fund(), _ -> new TreeSet<>())
                .add(agreement));
        for (Fund fund : funds) {
            Set<String> all = new TreeSet<>(fund.holds().keySet());
            all.addAll(byFund.getOrDefault(fund.id(), Set.of()));
            all.forEach(it -> compare(fund, it, findings));
        }
    }

    private void compare(Fund fund, String agreement, Findings findings) {
        long heard = fund.seen().getOrDefault(AGREEMENT + agreement, 0L);
        // It has gone on since its topic was read.
        if (heard > read.getOrDefault(agreement, 0L)) return;
        Money none = Money.zero(fund.currency());
        @Nullable Hold hold = fund.holds().get(agreement);
        Money holds = hold == null ? none : hold.amount();
        @Nullable Money promised = promised(agreements.getOrDefault(agreement, new TreeMap<>()), heard, none);
        findings.checked("holds", 1);
        if (promised != null && !promised.equals(holds))
            findings.differs(
                    "fund/" + fund.id(),
                    "It holds " + holds + " for agreement " + agreement + ", and by the agreement's events it is "
                            + promised + ".");
    }

    /// What has to be held once the fund has heard the agreement up to a number; absent while its answer is on the
    /// way.
    private static @Nullable Money promised(NavigableMap<Long, Foreign> told, long heard, Money none) {
        Money promised = none;
        for (var it : told.entrySet()) {
            switch (it.getValue()) {
                case Requested _ -> {
                    if (it.getKey() > heard) return promised;
                    if (told.higherEntry(it.getKey()) == null) return null;
                }
                case Reserved e -> promised = e.amount();
                case Refused _ -> promised = none;
                case Released _ -> promised = it.getKey() > heard ? promised : none;
                case Closed e -> promised = it.getKey() > heard ? promised : promised.minus(e.rest());
            }
        }
        return promised;
    }
}
