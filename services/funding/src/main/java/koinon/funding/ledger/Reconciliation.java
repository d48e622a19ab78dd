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
import koinon.eventing.consistency.ConsistencyCheck;
import koinon.eventing.consistency.ConsistencyReport;
import koinon.eventing.inbox.ReceivedEvent;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventTypes;
import koinon.eventing.model.Position;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/// Checks the ledger. Each money event has one entry, equal to what the event posted, and there are no other
/// entries; each entry adds up to zero; the sum of the entries of a fund or an agreement equals the aggregate's own
/// state and the stored balance.
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
final class Reconciliation implements ConsistencyCheck {

    private static final int BATCH = 200;
    private static final int PATIENCE = 4;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Ledger ledger;
    private final Balances balances;
    private final Map<String, BitSet> listed = new HashMap<>();
    private final Map<String, Long> kept = new HashMap<>();
    private final Map<String, Balance> posted = new HashMap<>();
    private Map<String, LedgerEntry> unseen = new LinkedHashMap<>();
    private final Map<String, LedgerEntry> missing = new LinkedHashMap<>();

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
    public void onEvent(ReceivedEvent event, ConsistencyReport report) {
        event.event(LedgerListener.Foreign.class)
                // An event that violates its schema posts nothing; the ledger has parked it as a dead letter.
                .filter(it -> it.postings() != null && !it.postings().isEmpty())
                .ifPresent(it -> posted(event, LedgerListener.entry(it, event.envelope()), report));
    }

    private void posted(ReceivedEvent event, LedgerEntry entry, ConsistencyReport report) {
        String subject = event.envelope().subject();
        report.checked("entries", 1);
        listed.getOrDefault(subject, new BitSet()).clear((int) event.envelope().sequence());
        sums(entry.postings()).forEach((currency, sum) -> mustBeZero(subject, "Entry " + entry.id(), sum, report));
        posted.merge(
                subject,
                Balance.none(subject, entry.funder()).plus(List.of(entry)),
                (before, _) -> before.plus(List.of(entry)));
        unseen.put(entry.id(), entry);
        if (unseen.size() == BATCH) lookUp(report);
    }

    /// Looks up posted entries in the ledger. A missing entry may not be stored yet, so it is looked up again
    /// later.
    private void lookUp(ConsistencyReport report) {
        for (LedgerEntry it : ledger.find(unseen.keySet())) {
            LedgerEntry expected = requireNonNull(unseen.remove(it.id()));
            if (!it.equals(expected))
                report.differs(
                        Position.parse(it.id()).subject(),
                        "Entry " + it.id() + " is listed as " + it + ", and was posted as " + expected + ".");
        }
        missing.putAll(unseen);
        unseen = new LinkedHashMap<>();
    }

    @Override
    public void stored(Aggregate<?> aggregate, ConsistencyReport report) {
        if (!(aggregate instanceof LedgerAccountHolder accountable)) return;
        String subject = EventTypes.subjectOf(aggregate);
        compare(accountable.balances(), subject, "as it is stored it is", report);
    }

    /// Compares the sums of an aggregate's entries with other figures for the same accounts.
    private void compare(Map<String, Money> expected, String subject, String what, ConsistencyReport report) {
        @Nullable Balance balance = posted.get(subject);
        Map<String, Money> entries = balance == null ? Map.of() : balance.accounts();
        Set<String> accounts = new TreeSet<>(expected.keySet());
        accounts.addAll(entries.keySet());
        for (String account : accounts) {
            String expectedSum = text(expected.get(account));
            String postedSum = text(entries.get(account));
            if (!expectedSum.equals(postedSum))
                report.differs(
                        subject,
                        "Its entries have moved " + postedSum + " to " + account + ", and " + what + " " + expectedSum
                                + ".");
        }
    }

    @Override
    public void conclude(ConsistencyReport report) {
        lookUp(report);
        for (int tried = 0; tried < PATIENCE && !missing.isEmpty(); tried++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            int before = missing.size();
            unseen.putAll(missing);
            missing.clear();
            lookUp(report);
            if (missing.size() < before) tried = 0;
        }
        missing.values()
                .forEach(it -> report.differs(
                        Position.parse(it.id()).subject(), "Entry " + it.id() + " was posted and is not listed."));
        listed.forEach((subject, sequences) -> sequences.stream()
                .forEach(it ->
                        report.differs(subject, "Entry " + subject + "/" + it + " is listed and was never posted.")));
        concludeBalances(report);
    }

    /// Compares each balance with what was posted. A balance that is behind may be updated in a moment. A balance
    /// that moved ahead during the check is skipped, unless it was ahead before the check read the topic.
    private void concludeBalances(ConsistencyReport report) {
        new TreeMap<>(kept).forEach((subject, upTo) -> {
            @Nullable Balance expected = posted.get(subject);
            if (expected == null || upTo > expected.upTo())
                report.differs(subject, "Its balance has entries that were never posted.");
        });
        Set<String> behind = new TreeSet<>(posted.keySet());
        for (int tried = 0; tried < PATIENCE && !behind.isEmpty(); tried++) {
            if (tried > 0) LockSupport.parkNanos(PAUSE.toNanos());
            int before = behind.size();
            try (Stream<Balance> all = balances.all()) {
                all.filter(it -> behind.contains(it.id())).forEach(it -> {
                    Balance expected = requireNonNull(posted.get(it.id()));
                    if (it.upTo() >= expected.upTo()) behind.remove(it.id());
                    if (it.upTo() == expected.upTo()) compare(it, expected, report);
                });
            }
            if (behind.size() < before) tried = 0;
        }
        behind.forEach(it -> report.differs(it, "Its balance lacks entries that were posted."));
        report.checked("balances", posted.size());
    }

    private void compare(Balance stored, Balance expected, ConsistencyReport report) {
        compare(stored.accounts(), stored.id(), "its balance is kept as", report);
        if (!stored.funder().equals(expected.funder()))
            report.differs(
                    stored.id(),
                    "Its balance is kept as money of " + stored.funder() + ", and it is of " + expected.funder() + ".");
    }

    private static void mustBeZero(String subject, String what, Money sum, ConsistencyReport report) {
        if (sum.amount().signum() != 0) report.differs(subject, what + " must be zero, and it is " + sum + ".");
    }

    private static Map<String, Money> sums(List<Posting> postings) {
        Map<String, Money> sums = new TreeMap<>();
        postings.forEach(it -> sums.merge(it.amount().currency(), it.amount(), Money::plus));
        return sums;
    }

    private static String text(@Nullable Money money) {
        return money == null || money.amount().signum() == 0 ? "nothing" : money.toString();
    }
}
