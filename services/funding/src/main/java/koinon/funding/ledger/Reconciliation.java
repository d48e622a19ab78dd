package koinon.funding.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import koinon.funding.funder.Sight;
import koinon.platform.inbox.Message;
import koinon.platform.model.Aggregate;
import koinon.platform.model.EventTypes;
import koinon.platform.model.Money;
import koinon.platform.model.Position;
import koinon.platform.verification.Findings;
import koinon.platform.verification.Proof;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/// Proves the ledger: each money event is listed once and as it was posted, and nothing else is; every entry is zero,
/// and so is each currency; and what the entries of a fund or an agreement have added up to is what it says of
/// itself.
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class Reconciliation implements Proof {

    private static final int BATCH = 200;
    private static final int PATIENCE = 4;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Ledger ledger;
    private final Map<String, BitSet> listed = new HashMap<>();
    private final Map<String, Map<String, Money>> posted = new HashMap<>();
    private Map<String, Entry> unseen = new LinkedHashMap<>();
    private final Map<String, Entry> missing = new LinkedHashMap<>();

    Reconciliation(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void begin() {
        try (Stream<String> ids = ledger.ids()) {
            ids.map(Position::parse)
                    .forEach(it -> listed.computeIfAbsent(it.subject(), _ -> new BitSet())
                            .set((int) it.sequence()));
        }
    }

    @Override
    public void happened(Message event, Findings findings) {
        event.event(FundingListener.Foreign.class)
                // What breaks its schema posts nothing; it is a dead letter of the ledger.
                .filter(it -> it.postings() != null && !it.postings().isEmpty())
                .ifPresent(it -> posted(event, FundingListener.entry(it, event.heard()), findings));
    }

    private void posted(Message event, Entry entry, Findings findings) {
        String subject = event.heard().subject();
        findings.checked("entries", 1);
        listed.getOrDefault(subject, new BitSet()).clear((int) event.heard().sequence());
        sums(entry.postings()).forEach((currency, sum) -> mustBeZero(subject, "Entry " + entry.id(), sum, findings));
        Map<String, Money> accounts = posted.computeIfAbsent(subject, _ -> new HashMap<>());
        entry.postings().forEach(it -> accounts.merge(it.account(), it.amount(), Money::plus));
        unseen.put(entry.id(), entry);
        if (unseen.size() == BATCH) lookUp(findings);
    }

    /// Looks for what was posted in the ledger; what is not there may be on its way.
    private void lookUp(Findings findings) {
        for (Entry it : ledger.find(unseen.keySet())) {
            Entry expected = requireNonNull(unseen.remove(it.id()));
            if (!it.equals(expected))
                findings.differs(
                        Position.parse(it.id()).subject(),
                        "Entry " + it.id() + " is listed as " + it + ", and was posted as " + expected + ".");
        }
        missing.putAll(unseen);
        unseen = new LinkedHashMap<>();
    }

    @Override
    public void stored(Aggregate<?> aggregate, Findings findings) {
        if (!(aggregate instanceof Accountable accountable)) return;
        String subject = EventTypes.subjectOf(aggregate);
        Map<String, Money> says = accountable.balances();
        Map<String, Money> entries = posted.getOrDefault(subject, Map.of());
        Set<String> accounts = new TreeSet<>(says.keySet());
        accounts.addAll(entries.keySet());
        for (String account : accounts) {
            String bySelf = shown(says.get(account));
            String byEntries = shown(entries.get(account));
            if (!bySelf.equals(byEntries))
                findings.differs(
                        subject,
                        "Its entries have moved " + byEntries + " to " + account + ", and as it is stored it is "
                                + bySelf + ".");
        }
    }

    @Override
    public void conclude(Findings findings) {
        lookUp(findings);
        for (int tried = 0; tried < PATIENCE && !missing.isEmpty(); tried++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            int before = missing.size();
            unseen.putAll(missing);
            missing.clear();
            lookUp(findings);
            if (missing.size() < before) tried = 0;
        }
        missing.values()
                .forEach(it -> findings.differs(
                        Position.parse(it.id()).subject(), "Entry " + it.id() + " was posted and is not listed."));
        listed.forEach((subject, sequences) -> sequences.stream()
                .forEach(it ->
                        findings.differs(subject, "Entry " + subject + "/" + it + " is listed and was never posted.")));
        sums(ledger.balances(null, new Sight(true, Set.of(), Set.of())))
                .forEach((_, sum) -> mustBeZero("ledger", "All accounts together", sum, findings));
    }

    private static void mustBeZero(String subject, String what, Money sum, Findings findings) {
        if (sum.amount().signum() != 0) findings.differs(subject, what + " must be zero, and it is " + sum + ".");
    }

    private static Map<String, Money> sums(List<Posting> postings) {
        Map<String, Money> sums = new TreeMap<>();
        postings.forEach(it -> sums.merge(it.amount().currency(), it.amount(), Money::plus));
        return sums;
    }

    private static String shown(@Nullable Money money) {
        return money == null || money.amount().signum() == 0 ? "nothing" : money.toString();
    }
}
