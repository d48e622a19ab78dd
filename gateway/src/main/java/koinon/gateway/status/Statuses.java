package koinon.gateway.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import koinon.eventing.topic.OffsetVector;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.directory.KnownGroup;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.readmodel.CurrentReadModel;
import koinon.gateway.readmodel.ReadModel;
import koinon.gateway.topics.EventRecord;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Derives the status of a project from its facts in the current read model, on demand.
@Component
@EnableScheduling
public final class Statuses {

    /// Upper bound of statuses that are cached with their bytes; for every other project only an index entry is
    /// kept.
    private static final int MOST_RECENT = 5_000;

    private final CurrentReadModel currentReadModel;
    private final Contracts contracts;
    private final Clock clock;
    private final Map<ReadModel, Map<String, IndexEntry>> entries = new ConcurrentHashMap<>();
    private final Map<String, ProjectFacts> underivable = new ConcurrentHashMap<>();
    private final Cache<String, RenderedStatus> recent = recentlyRendered(MOST_RECENT);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable StatusIndex index;
    private @Nullable Instant passed;
    private volatile @Nullable ReadModel next;
    private volatile @Nullable StatusIndex prepared;

    /// Is called when statuses change.
    public interface Listener {

        /// Events have changed these statuses; all changes up to these offsets have been reported. The set is
        /// immutable.
        void changed(Set<String> projects, OffsetVector upTo);

        /// The clock alone has changed this status.
        void changedByClock(String project);

        /// All changes by the clock up to this moment have been reported.
        default void passed(Instant moment) {}
    }

    public Statuses(CurrentReadModel currentReadModel, Contracts contracts, Clock clock) {
        this.currentReadModel = currentReadModel;
        this.contracts = contracts;
        this.clock = clock;
        currentReadModel.listen(new CurrentReadModel.Listener() {

            @Override
            public void changed(Set<String> projects, OffsetVector upTo) {
                listeners.forEach(it -> it.changed(projects, upTo));
            }

            @Override
            public void prepare(ReadModel readModel) {
                next = readModel;
                prepared = buildIndex(readModel);
            }
        });
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /// Statuses contain all events up to these offsets.
    public OffsetVector upTo() {
        return currentReadModel.readModel().upTo();
    }

    /// The current status; empty if no status follows from the facts.
    public Optional<RenderedStatus> find(String project) {
        ReadModel readModel = currentReadModel.readModel();
        @Nullable ProjectFacts now = readModel.facts(project);
        return now == null ? Optional.empty() : Optional.ofNullable(rendered(now, readModel));
    }

    /// The status that followed from these events of a project at a moment, with the names of today; empty if none did.
    public Optional<RenderedStatus> at(String project, List<EventRecord> events, Instant moment) {
        Map<String, ProjectedAggregate> aggregates = new TreeMap<>();
        List<EventRecord> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparingLong(it -> it.position().sequence()));
        for (EventRecord it : inOrder)
            aggregates.compute(
                    it.position().subject(),
                    (subject, before) -> ReadModel.after(
                            before == null ? ProjectedAggregate.initial(subject) : before, it, _ -> {}));
        ProjectFacts facts = ProjectFacts.none(project);
        for (ProjectedAggregate it : aggregates.values()) facts = facts.with(it);
        @Nullable
        DerivedStatus derived =
                DerivedStatus.of(facts, currentReadModel.readModel().directory(), moment);
        return derived == null
                ? Optional.empty()
                : Optional.of(new RenderedStatus(IndexEntry.of(facts, derived), derived.status(), contracts));
    }

    /// A group of cities as it is now; without members if there is none of this id.
    public KnownGroup group(String id) {
        return currentReadModel.readModel().directory().group(id);
    }

    /// The index entries of all projects, up to date with events and the clock.
    public StatusIndex index() {
        return upToDate();
    }

    private synchronized StatusIndex upToDate() {
        // Read again, because the read model may have been replaced while this thread waited for the lock.
        ReadModel readModel = currentReadModel.readModel();
        @Nullable StatusIndex known = index;
        if (known == null || !known.isOf(readModel)) known = switchIndex(readModel);
        index = known;
        known.upToDate(clock.instant());
        return known;
    }

    /// Switches to the index of a new read model. Changes by the clock that were not reported before are reported
    /// here.
    @SuppressWarnings("ReferenceEquality") // Compares identity: read models have no equality.
    private StatusIndex switchIndex(ReadModel readModel) {
        @Nullable StatusIndex ready = prepared;
        StatusIndex first = ready != null && ready.isOf(readModel) ? ready : buildIndex(readModel);
        if (next == readModel) {
            next = null;
            prepared = null;
        }
        @Nullable ReadModel coming = next;
        entries.keySet().removeIf(it -> it != readModel && it != coming);
        @Nullable Instant announced = passed;
        if (announced != null)
            entriesOf(readModel).forEach((project, it) -> {
                if (it.from().isAfter(announced)) listeners.forEach(one -> one.changedByClock(project));
            });
        return first;
    }

    private Map<String, IndexEntry> entriesOf(ReadModel readModel) {
        return entries.computeIfAbsent(readModel, _ -> new ConcurrentHashMap<>());
    }

    /// Derives the entries of all projects; takes seconds for many projects.
    private StatusIndex buildIndex(ReadModel readModel) {
        StatusIndex built = new StatusIndex(readModel, it -> entry(it, readModel));
        built.upToDate(clock.instant());
        return built;
    }

    /// Applies the clock, also when no request comes.
    @Scheduled(fixedDelayString = "${koinon.status.tick:1s}")
    void pass() {
        if (currentReadModel.isCaughtUp()) tick();
    }

    /// Derives what events and the clock have changed, and notifies the listeners.
    public void tick() {
        Instant moment = clock.instant();
        var _ = upToDate();
        for (Listener it : listeners) it.passed(moment);
        setPassed(moment);
    }

    private synchronized void setPassed(Instant moment) {
        passed = moment;
    }

    /// Whether the answered status equals the one that follows from the facts now.
    public boolean isConsistent(String project) {
        ReadModel readModel = currentReadModel.readModel();
        @Nullable ProjectFacts now = readModel.facts(project);
        @Nullable DerivedStatus derived = now == null ? null : derivation(now, readModel, clock.instant());
        @Nullable RenderedStatus answered = now == null ? null : rendered(now, readModel);
        if (now == null || derived == null || answered == null) return derived == null && answered == null;
        return Stream.of(Reader.ANYONE, Reader.NETWORK)
                .allMatch(it -> new RenderedStatus(IndexEntry.of(now, derived), derived.status(), contracts)
                        .rendering(it)
                        .etag()
                        .equals(answered.rendering(it).etag()));
    }

    /// The projects that an event after these offsets, or the clock after that moment, has changed.
    public Stream<String> changedSince(OffsetVector offsets, Instant moment) {
        ReadModel readModel = currentReadModel.readModel();
        return readModel.facts().stream()
                .filter(it -> it.changedSince(offsets) || changedByClockSince(it, readModel, moment))
                .map(ProjectFacts::id);
    }

    /// Whether an event that this reader may see after these offsets, or the clock after that moment, has changed the
    /// project.
    public boolean changedSince(String project, Reader reader, OffsetVector offsets, Instant moment) {
        ReadModel readModel = currentReadModel.readModel();
        @Nullable ProjectFacts now = readModel.facts(project);
        return now != null
                && (now.changedSince(offsets, reader.audience()) || changedByClockSince(now, readModel, moment));
    }

    private boolean changedByClockSince(ProjectFacts it, ReadModel readModel, Instant moment) {
        @Nullable IndexEntry now = entry(it, readModel);
        return now != null && now.from().isAfter(moment);
    }

    private @Nullable IndexEntry entry(ProjectFacts now, ReadModel readModel) {
        @Nullable IndexEntry ready = entriesOf(readModel).get(now.id());
        if (ready != null && ready.isOf(now) && ready.holdsAt(clock.instant())) return ready;
        @Nullable RenderedStatus derived = derive(now, readModel);
        return derived == null ? null : derived.entry();
    }

    /// What is asked for often stays longest.
    static Cache<String, RenderedStatus> recentlyRendered(int most) {
        return Caffeine.newBuilder().maximumSize(most).build();
    }

    private @Nullable RenderedStatus rendered(ProjectFacts now, ReadModel readModel) {
        @Nullable RenderedStatus ready = recent.getIfPresent(now.id());
        if (ready != null && ready.entry().isOf(now) && ready.entry().holdsAt(clock.instant())) return ready;
        @Nullable RenderedStatus derived = derive(now, readModel);
        if (derived != null) recent.put(now.id(), derived);
        return derived;
    }

    private @Nullable RenderedStatus derive(ProjectFacts now, ReadModel readModel) {
        Instant at = clock.instant();
        @Nullable DerivedStatus derived = derivation(now, readModel, at);
        if (derived == null) return null;
        IndexEntry entry = IndexEntry.of(now, derived);
        @Nullable IndexEntry before = entriesOf(readModel).get(now.id());
        // Reported before it is visible, so that a reader who finds nothing to report can rely on it.
        if (before != null && before.isOf(now) && !before.holdsAt(at))
            for (Listener it : listeners) it.changedByClock(now.id());
        entriesOf(readModel).put(now.id(), entry);
        return new RenderedStatus(entry, derived.status(), contracts);
    }

    /// Also absent if the facts lack something that a status needs: reported once until the facts change. Other
    /// projects are not affected.
    @SuppressWarnings("ReferenceEquality") // Facts are immutable, and comparing their content is slow.
    private @Nullable DerivedStatus derivation(ProjectFacts now, ReadModel readModel, Instant at) {
        if (underivable.get(now.id()) == now) return null;
        try {
            return DerivedStatus.of(now, readModel.directory(), at);
        } catch (RuntimeException e) {
            if (underivable.put(now.id(), now) != now) readModel.unreadable("project/" + now.id(), e);
            return null;
        }
    }
}
