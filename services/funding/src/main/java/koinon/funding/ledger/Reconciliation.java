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

/// Proves the ledger: each money event is listed once and as it was posted, and nothing else is; every entry is zero;
/// and what the entries of a fund or an agreement have added up to is what it says of itself, and what is kept as its
/// balance.
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class Reconciliation implements Proof {

    private static final int BATCH = 200;
    private static final int PATIENCE = 4;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Ledger ledger;
    private final Balances balances;
    private final Map<String, BitSet> listed = new HashMap<>();
    private final Map<String, Long> kept = new HashMap<>();
    private final Map<String, Balance> posted = new HashMap<>();
    private Map<String, Entry> unseen = new LinkedHashMap<>();
    private final Map<String, Entry> missing = new LinkedHashMap<>();

    Reconciliation(Ledger ledger, Balances balances) {
        this.ledger = ledger;
        this.balances = balances;
    }

    @Override
    public void begin() {
        try (Stream<String> ids = ledger.ids()) {
            ids.map(Position::parse)
                    .forEach(it -> listed.computeIfAbsent(it.subject(), _ -> new BitSet())
                            .set((int) it.sequence()));
        }
        try (Stream<Balance> all = balances.all()) {
            all.forEach(it -> kept.put(it.id(), it.upTo()));
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
        posted.merge(
                subject,
                Balance.none(subject, entry.funder()).plus(List.of(entry)),
                (before, _) -> before.plus(List.of(entry)));
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
        differ(accountable.balances(), subject, "as it is stored it is", findings);
    }

    /// Compares what its entries have moved with what says the same.
    private void differ(Map<String, Money> says, String subject, String what, Findings findings) {
        @Nullable Balance moves = posted.get(subject);
        Map<String, Money> entries = moves == null ? Map.of() : moves.accounts();
        Set<String> accounts = new TreeSet<>(says.keySet());
        accounts.addAll(entries.keySet());
        for (String account : accounts) {
            String said = shown(says.get(account));
            String moved = shown(entries.get(account));
            if (!said.equals(moved))
                findings.differs(
                        subject,
                        "Its entries have moved " + moved + " to " + account + ", and " + what + " " + said + ".");
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
        concludeBalances(findings);
    }

    /// Compares each balance with what was posted. One that is behind may be about to be kept, and one that has gone on
    /// since proves nothing, unless it was ahead before its topic was read.
    private void concludeBalances(Findings findings) {
        new TreeMap<>(kept).forEach((subject, upTo) -> {
            @Nullable Balance expected = posted.get(subject);
            if (expected == null || upTo > expected.upTo())
                findings.differs(subject, "Its balance has entries that were never posted.");
        });
        Set<String> behind = new TreeSet<>(posted.keySet());
        for (int tried = 0; tried < PATIENCE && !behind.isEmpty(); tried++) {
            if (tried > 0) LockSupport.parkNanos(PAUSE.toNanos());
            int before = behind.size();
            try (Stream<Balance> all = balances.all()) {
                all.filter(it -> behind.contains(it.id())).forEach(it -> {
                    Balance expected = requireNonNull(posted.get(it.id()));
                    if (it.upTo() >= expected.upTo()) behind.remove(it.id());
                    if (it.upTo() == expected.upTo()) differ(it, expected, findings);
                });
            }
            if (behind.size() < before) tried = 0;
        }
        behind.forEach(it -> findings.differs(it, "Its balance lacks entries that were posted."));
        findings.checked("balances", posted.size());
    }

    private void differ(Balance is, Balance expected, Findings findings) {
        differ(is.accounts(), is.id(), "its balance is kept as", findings);
        if (!is.funder().equals(expected.funder()))
            findings.differs(
                    is.id(),
                    "Its balance is kept as money of " + is.funder() + ", and it is of " + expected.funder() + ".");
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
