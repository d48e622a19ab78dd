package koinon.gateway.status;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import koinon.gateway.audience.Contracts;
import koinon.gateway.directory.Directory;
import koinon.gateway.part.AgreementPart;
import koinon.gateway.part.Award;
import koinon.gateway.part.Parts;
import koinon.gateway.part.ProposalPart;
import koinon.gateway.reading.Fold;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The status of every project, in memory: parts folded by the reading thread, the rest derived when it is asked for.
///
/// Parts are immutable and put in place whole, so that any thread reads without a lock.
@Order(2)
@Component
public final class Statuses implements Fold {

    private final Directory directory;
    private final Contracts contracts;
    private final Clock clock;
    private final Map<String, Parts> parts = new ConcurrentHashMap<>();
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> naming = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private Set<String> changed = new HashSet<>();
    private volatile Offsets upTo;

    /// Whoever wants to know at once what changed.
    public interface Listener {

        /// These have changed by events, and everything up to these offsets has been told.
        void changed(Set<String> projects, Offsets upTo);

        /// This one has changed by the clock alone.
        void changedByClock(String project);
    }

    public Statuses(Directory directory, Contracts contracts, Clock clock, Places places) {
        this.directory = directory;
        this.contracts = contracts;
        this.clock = clock;
        this.upTo = places.beginning();
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void on(Message message) {
        for (String subject : directory.changedBy(message))
            for (String project : naming.getOrDefault(subject, Set.of())) change(project, it -> it.touchedBy(message));
        Parts.projectOf(message).ifPresent(project -> change(project, it -> it.after(message)));
    }

    private void change(String project, UnaryOperator<Parts> change) {
        Parts before = parts.getOrDefault(project, Parts.none(project));
        Parts after = change.apply(before);
        if (after.read().equals(before.read())) return;
        for (String subject : named(after))
            naming.computeIfAbsent(subject, _ -> ConcurrentHashMap.newKeySet()).add(project);
        parts.put(project, after);
        changed.add(project);
    }

    /// What a status names and does not own.
    private static Set<String> named(Parts it) {
        var named = new HashSet<String>();
        if (it.proposal() != null) {
            named.add("call/" + it.proposal().call());
            for (ProposalPart.Partner partner : it.proposal().partners()) named.add("city/" + partner.city());
        }
        @Nullable Award award = it.award();
        if (award != null) {
            named.add("call/" + award.call());
            for (Award.Partner partner : award.partners()) named.add("city/" + partner.city());
        }
        for (AgreementPart agreement : it.agreements().values()) named.add("fund/" + agreement.fund());
        return named;
    }

    @Override
    public void upTo(Offsets offsets) {
        upTo = offsets;
        Set<String> told = changed;
        changed = new HashSet<>();
        for (Listener it : listeners) it.changed(told, offsets);
    }

    /// Everything up to these offsets is in what is found here.
    public Offsets upTo() {
        return upTo;
    }

    /// The status as it is now; empty while nothing is known that makes one.
    public Optional<Shown> find(String project) {
        Parts now = parts.get(project);
        return now == null ? Optional.empty() : Optional.ofNullable(derive(now));
    }

    /// Every status as it is now, in no order.
    public Stream<Shown> all() {
        return parts.values().stream().map(this::derive).filter(Objects::nonNull);
    }

    /// Derives anew what the clock has changed, and tells.
    public void tick() {
        parts.values().forEach(this::derive);
    }

    /// Every project that something after these offsets, or the clock after that moment, has changed.
    public Stream<String> changedSince(Offsets offsets, Instant moment) {
        return parts.values().stream()
                .filter(it -> it.changedSince(offsets) || changedByClockSince(it, moment))
                .map(Parts::id);
    }

    private boolean changedByClockSince(Parts it, Instant moment) {
        @Nullable Shown now = derive(it);
        return now != null && now.changedByClockSince(moment);
    }

    private @Nullable Shown derive(Parts now) {
        Instant at = clock.instant();
        @Nullable Shown ready = shown.get(now.id());
        if (ready != null && ready.isOf(now, at)) return ready;
        @Nullable Derivation derived = Derivation.of(now, directory, at);
        if (derived == null) return null;
        var made = new Shown(now, derived, contracts);
        shown.put(now.id(), made);
        if (ready != null && ready.isPast(now, at)) for (Listener it : listeners) it.changedByClock(now.id());
        return made;
    }
}
