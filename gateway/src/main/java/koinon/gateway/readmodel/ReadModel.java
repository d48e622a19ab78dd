package koinon.gateway.readmodel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.topic.OffsetVector;
import koinon.eventing.topic.PartitionIndex;
import koinon.gateway.directory.Directory;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.topics.EventRecord;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The projections of all topics up to known offsets, in memory. One thread applies events; any thread can read.
public final class ReadModel {

    private static final Logger LOG = LoggerFactory.getLogger(ReadModel.class);
    private static final int UNREADABLE_SHOWN = 100;

    /// Added to the header of a read model that was not compared with what the services have published.
    private static final String UNCONFIRMED = "unconfirmed";

    private final List<String> topics;
    private final Map<String, ProjectedAggregate> aggregates = new ConcurrentHashMap<>();
    private final Directory directory = new Directory(aggregates::get);
    private final ProjectIndex projects = new ProjectIndex(aggregates::get);
    private final IdeaIndex ideas = new IdeaIndex();
    private final ActionIndex actions = new ActionIndex();
    private final Set<String> unstored = ConcurrentHashMap.newKeySet();
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();
    private final Map<String, String> unreadable = new ConcurrentHashMap<>();
    private final Set<String> truncated = ConcurrentHashMap.newKeySet();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder unread = new LongAdder();
    private final LongAdder eventsRead = new LongAdder();
    private volatile Listener listener = (_, _, _) -> {};
    private Set<String> changed = new HashSet<>();
    private volatile OffsetVector upTo;
    private volatile AsOf asOf = AsOf.NEVER;
    private volatile boolean caughtUp;
    private volatile boolean confirmed;
    private volatile List<String> unconfirmedReasons =
            List.of("It has not been compared with the published aggregates yet.");

    /// Is called when projects change.
    @FunctionalInterface
    public interface Listener {

        /// These projects have changed; all changes up to these offsets have been reported.
        void changed(ReadModel readModel, Set<String> projects, OffsetVector upTo);
    }

    /// @param times the time up to which each topic has been read to its end
    /// @param header the same as text
    private record AsOf(Map<String, Instant> times, String header) {

        static final AsOf NEVER = new AsOf(Map.of(), "");

        static AsOf of(Map<String, Instant> times, boolean confirmed) {
            Stream<String> topics = times.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue());
            Stream<String> more = confirmed || times.isEmpty() ? Stream.of() : Stream.of(UNCONFIRMED);
            return new AsOf(times, Stream.concat(topics, more).collect(Collectors.joining(",")));
        }
    }

    private ReadModel(PartitionIndex partitionIndex, OffsetVector upTo) {
        this.topics = partitionIndex.topics();
        this.upTo = upTo;
    }

    /// A read model without events.
    public static ReadModel empty(PartitionIndex partitionIndex) {
        return new ReadModel(partitionIndex, partitionIndex.beginning());
    }

    /// A read model from stored aggregates: they contain everything up to these offsets, and some contain later
    /// events.
    public static ReadModel of(PartitionIndex partitionIndex, Stream<ProjectedAggregate> stored, OffsetVector upTo) {
        var readModel = new ReadModel(partitionIndex, upTo);
        stored.forEach(it -> readModel.aggregates.merge(it.subject(), it, ProjectedAggregate::later));
        readModel.aggregates.values().stream().filter(it -> it.changed() >= 0).forEach(it -> {
            readModel.ideas.changed(it);
            readModel.actions.changed(it);
            readModel.projects.changed(it);
        });
        return readModel;
    }

    public void listen(Listener next) {
        listener = next;
    }

    /// Applies an event; a duplicate has no effect.
    @SuppressWarnings("ReferenceEquality") // States are immutable, and comparing their content is slow.
    public void accept(EventRecord message) {
        String subject = message.position().subject();
        long sequence = message.position().sequence();
        ProjectedAggregate before = aggregates.getOrDefault(subject, ProjectedAggregate.initial(subject));
        if (sequence <= before.sequence()) return;
        eventsRead.increment();
        if (sequence > before.sequence() + 1) {
            gaps.add(sequence - before.sequence() - 1);
            LOG.warn(
                    "event=readmodel.gap position={} missing={}", message.position(), sequence - before.sequence() - 1);
        }
        ProjectedAggregate after =
                after(before, message, e -> unreadable(message.position().toString(), e));
        aggregates.put(subject, after);
        unstored.add(subject);
        if (after.state() == before.state()) return;
        ideas.changed(after);
        actions.changed(after);
        Set<String> touched = projects.changed(after);
        changed.addAll(touched);
        unlisted.addAll(touched);
    }

    /// The aggregate after one of its events; unchanged after a duplicate. An event that cannot be read changes the
    /// sequence only.
    public static ProjectedAggregate after(
            ProjectedAggregate before, EventRecord message, Consumer<RuntimeException> unreadable) {
        if (message.position().sequence() <= before.sequence()) return before;
        try {
            return ProjectionType.after(before, message);
        } catch (RuntimeException e) {
            unreadable.accept(e);
            return before.after(message, before.state());
        }
    }

    /// Counts an event that cannot be read, logs the first 100 once each and adds them to the health details;
    /// reading continues.
    public void unreadable(String what, RuntimeException why) {
        unread.increment();
        if (unreadable.size() >= UNREADABLE_SHOWN && !unreadable.containsKey(what)) return;
        String reason = why.getClass().getSimpleName() + ": " + why.getMessage();
        if (unreadable.putIfAbsent(what, reason) == null)
            LOG.error("event=readmodel.unreadable record={} cause=\"{}\"", what, reason);
    }

    /// All events up to these offsets have been applied.
    public void upTo(OffsetVector offsets) {
        upTo = offsets;
        Set<String> batch = changed;
        changed = new HashSet<>();
        listener.changed(this, batch, offsets);
    }

    /// All events that were in the topic at this time have been applied.
    public void readToEnd(String topic, Instant at) {
        // Called after every poll. Callers cache by the identity of the times, so equal times keep the same object.
        if (at.equals(asOf.times().get(topic))) return;
        var next = new LinkedHashMap<String, Instant>();
        for (String it : topics) {
            @Nullable Instant known = it.equals(topic) ? at : asOf.times().get(it);
            if (known != null) next.put(it, known);
        }
        asOf = AsOf.of(next, confirmed);
        if (!caughtUp && next.size() == topics.size()) {
            LOG.info("event=readmodel.caught-up events={} aggregates={}", eventsRead, aggregates.size());
            caughtUp = true;
        }
    }

    /// Marks the read model as complete, compared with what the services have published.
    public void confirm() {
        confirmed = true;
        unconfirmedReasons = List.of();
        asOf = AsOf.of(new LinkedHashMap<>(asOf.times()), true);
    }

    /// Stores why the read model is not confirmed: missing events, or services that could not be asked.
    public void unconfirmed(List<String> why) {
        unconfirmedReasons = List.copyOf(why);
    }

    /// Whether the read model was compared with what the services have published and lacked nothing.
    public boolean isConfirmed() {
        return confirmed;
    }

    /// The reasons why it is not confirmed, one sentence each.
    public List<String> unconfirmedReasons() {
        return unconfirmedReasons;
    }

    /// The topic ends before the offset up to which it had been read: it was created again, or has lost events. Its new
    /// events have offsets below those that were read, so they are skipped. The read model keeps
    /// its content but has no time for this topic. An instance that starts later detects it and reads all topics
    /// into a new read model.
    public void truncated(String topic) {
        LOG.error("event=topics.truncated topic={} action=\"restart this instance\"", topic);
        truncated.add(topic);
        var rest = new LinkedHashMap<>(asOf.times());
        rest.remove(topic);
        asOf = AsOf.of(rest, confirmed);
    }

    /// Returns the projects that have changed since the last call; for the status index.
    public Set<String> takeUnlisted() {
        var taken = new HashSet<String>();
        for (var projects = unlisted.iterator(); projects.hasNext(); ) {
            taken.add(projects.next());
            projects.remove();
        }
        return taken;
    }

    /// Returns the groups in which an aggregate has changed since the last call, each with all its aggregates; for the
    /// thread that stores them. No event may be applied meanwhile.
    public <G> Map<G, List<ProjectedAggregate>> takeUnstored(Function<ProjectedAggregate, G> group) {
        Set<G> changedGroups = unstored.stream()
                .map(aggregates::get)
                .filter(Objects::nonNull)
                .map(group)
                .collect(Collectors.toSet());
        unstored.clear();
        if (changedGroups.isEmpty()) return Map.of();
        return aggregates.values().stream()
                .filter(it -> changedGroups.contains(group.apply(it)))
                .collect(Collectors.groupingBy(group));
    }

    /// Marks an aggregate that could not be stored.
    public void putBack(ProjectedAggregate taken) {
        unstored.add(taken.subject());
    }

    /// Marks every aggregate as not stored.
    public void forgetStored() {
        unstored.addAll(aggregates.keySet());
    }

    /// One aggregate; absent before its first event.
    public @Nullable ProjectedAggregate aggregate(String subject) {
        return aggregates.get(subject);
    }

    /// All aggregates.
    public Collection<ProjectedAggregate> aggregates() {
        return aggregates.values();
    }

    public Directory directory() {
        return directory;
    }

    /// The facts of a project; absent before its first event.
    public @Nullable ProjectFacts facts(String project) {
        return projects.find(project);
    }

    /// The facts of all projects.
    public Collection<ProjectFacts> facts() {
        return projects.all();
    }

    /// The projects that name a city, a call, a fund or a funder.
    public Set<String> naming(String subject) {
        return projects.naming(subject);
    }

    /// The ids of the ideas that were raised in a gathering, in the order of their ids.
    public List<String> ideasOf(String gathering) {
        return ideas.of(gathering);
    }

    /// The calls and the gatherings that somebody can bring forward, by subject.
    public Map<String, LifecycleState> withNextActions() {
        return actions.all();
    }

    /// The read model contains all events up to these offsets.
    public OffsetVector upTo() {
        return upTo;
    }

    /// Whether every topic has been read to its end at least once.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /// The time up to which each topic has been read to its end; a topic that was never read to its end is absent.
    public Map<String, Instant> asOf() {
        return asOf.times();
    }

    /// [#asOf] as a header: `<topic>=<time>,<topic>=<time>`, with `,unconfirmed` if the read model was not compared
    /// with what the services have published.
    public String asOfHeader() {
        return asOf.header();
    }

    /// The topics that ended before the offset up to which they had been read.
    public Set<String> truncated() {
        return Set.copyOf(truncated);
    }

    /// The records that could not be read, with the cause.
    public Map<String, String> unreadable() {
        return Map.copyOf(unreadable);
    }

    /// Number of events that could not be read or applied.
    public long unread() {
        return unread.sum();
    }

    /// Number of events that are missing in the sequences of their aggregates.
    public long gaps() {
        return gaps.sum();
    }

    /// Number of events that this read model was built from, without those that were loaded.
    public long eventsRead() {
        return eventsRead.sum();
    }

    List<String> missing() {
        var missing = new ArrayList<>(topics);
        missing.removeAll(asOf.times().keySet());
        return missing;
    }
}
