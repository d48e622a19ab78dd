package koinon.gateway.picture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.gateway.directory.Directory;
import koinon.gateway.part.Parts;
import koinon.gateway.reading.Fold;
import koinon.gateway.reading.Message;
import koinon.gateway.reading.Offsets;
import koinon.gateway.reading.Places;
import koinon.gateway.reading.Source;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that the topics say, up to some offsets, in memory. One thread feeds it; any thread may look.
public final class Picture implements Fold {

    private static final Logger LOG = LoggerFactory.getLogger(Picture.class);
    private static final int UNREADABLE_SHOWN = 100;

    /// Stands in the header of what nobody has compared with what was published.
    private static final String UNCONFIRMED = "unconfirmed";

    private final List<String> topics;
    private final Map<String, Source> sources = new ConcurrentHashMap<>();
    private final Directory directory = new Directory(sources::get);
    private final Projects projects = new Projects(sources::get);
    private final Set<String> unstored = ConcurrentHashMap.newKeySet();
    private final Set<String> unlisted = ConcurrentHashMap.newKeySet();
    private final Map<String, String> unreadable = new ConcurrentHashMap<>();
    private final Set<String> cutShort = ConcurrentHashMap.newKeySet();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder unread = new LongAdder();
    private final LongAdder heard = new LongAdder();
    private volatile Listener listener = (_, _, _) -> {};
    private Set<String> changed = new HashSet<>();
    private volatile Offsets upTo;
    private volatile AsOf asOf = AsOf.NEVER;
    private volatile boolean caughtUp;
    private volatile boolean confirmed;
    private volatile List<String> lacking = List.of("It has not been compared with what was published yet.");

    /// Whoever wants to know what changed.
    @FunctionalInterface
    public interface Listener {

        /// These projects have changed, and everything up to these offsets has been told.
        void changed(Picture picture, Set<String> projects, Offsets upTo);
    }

    /// @param times per topic the time up to which it has been read to its end
    /// @param header the same as text
    private record AsOf(Map<String, Instant> times, String header) {

        static final AsOf NEVER = new AsOf(Map.of(), "");

        static AsOf of(Map<String, Instant> times, boolean confirmed) {
            Stream<String> topics = times.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue());
            Stream<String> more = confirmed || times.isEmpty() ? Stream.of() : Stream.of(UNCONFIRMED);
            return new AsOf(times, Stream.concat(topics, more).collect(Collectors.joining(",")));
        }
    }

    private Picture(Places places, Offsets upTo) {
        this.topics = places.topics();
        this.upTo = upTo;
    }

    /// Nothing has been read yet.
    public static Picture empty(Places places) {
        return new Picture(places, places.beginning());
    }

    /// What was stored: everything up to these offsets, and of some sources more.
    public static Picture of(Places places, Stream<Source> stored, Offsets upTo) {
        var picture = new Picture(places, upTo);
        stored.forEach(it -> picture.sources.put(it.subject(), it));
        picture.sources.values().stream().filter(it -> it.changed() >= 0).forEach(picture.projects::changed);
        return picture;
    }

    public void listen(Listener next) {
        listener = next;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Parts are never changed, and comparing all that they say takes long.
    public void heard(Message message) {
        String subject = message.position().subject();
        long sequence = message.position().sequence();
        Source before = sources.getOrDefault(subject, Source.unheard(subject));
        if (sequence <= before.sequence()) return;
        heard.increment();
        if (sequence > before.sequence() + 1) {
            gaps.add(sequence - before.sequence() - 1);
            LOG.warn("Before {} {} event(s) are missing.", message.position(), sequence - before.sequence() - 1);
        }
        Source after = after(before, message, e -> unreadable(message.position().toString(), e));
        sources.put(subject, after);
        unstored.add(subject);
        if (after.kept() == before.kept()) return;
        Set<String> touched = projects.changed(after);
        changed.addAll(touched);
        unlisted.addAll(touched);
    }

    /// A source after an event of it; the same after a duplicate. Of an event that cannot be read only the sequence
    /// is kept.
    public static Source after(Source before, Message message, Consumer<RuntimeException> unreadable) {
        if (message.position().sequence() <= before.sequence()) return before;
        try {
            return Kind.after(before, message);
        } catch (RuntimeException e) {
            unreadable.accept(e);
            return before.after(message, before.kept());
        }
    }

    /// An event that cannot be read: counted, said once, shown in the health; the rest goes on.
    @Override
    public void unreadable(String what, RuntimeException why) {
        unread.increment();
        if (unreadable.size() >= UNREADABLE_SHOWN && !unreadable.containsKey(what)) return;
        String reason = why.getClass().getSimpleName() + ": " + why.getMessage();
        if (unreadable.putIfAbsent(what, reason) == null) LOG.error("Cannot read {}: {}", what, reason);
    }

    @Override
    public void upTo(Offsets offsets) {
        upTo = offsets;
        Set<String> told = changed;
        changed = new HashSet<>();
        listener.changed(this, told, offsets);
    }

    @Override
    public void readToItsEnd(String topic, Instant at) {
        // Said after every poll; whoever keeps something by these times finds it again while they are the same.
        if (at.equals(asOf.times().get(topic))) return;
        var next = new LinkedHashMap<String, Instant>();
        for (String it : topics) {
            @Nullable Instant known = it.equals(topic) ? at : asOf.times().get(it);
            if (known != null) next.put(it, known);
        }
        asOf = AsOf.of(next, confirmed);
        if (!caughtUp && next.size() == topics.size()) {
            LOG.info("All topics have been read to their end: {} events, {} aggregates.", heard, sources.size());
            caughtUp = true;
        }
    }

    /// It has everything that was published, as its publishers count it.
    public void confirm() {
        confirmed = true;
        lacking = List.of();
        asOf = AsOf.of(new LinkedHashMap<>(asOf.times()), true);
    }

    /// Why it is not confirmed: what it lacks of what was published, or who could not be asked.
    public void unconfirmed(List<String> why) {
        lacking = List.copyOf(why);
    }

    /// Whether it has been compared with what was published, and lacked nothing then.
    public boolean isConfirmed() {
        return confirmed;
    }

    /// Why it is not confirmed, a sentence each.
    public List<String> lacking() {
        return lacking;
    }

    /// What is newer in it has other numbers than what was read of it, and is not heard: this picture stays what it is
    /// and is not answered from. A copy that starts sees that, and reads all topics into a picture of its own.
    @Override
    public void cutShort(String topic) {
        LOG.error("{} ends before what was read of it: it was created anew or has lost events. Start again.", topic);
        cutShort.add(topic);
        var rest = new LinkedHashMap<>(asOf.times());
        rest.remove(topic);
        asOf = AsOf.of(rest, confirmed);
    }

    /// Takes the projects that have changed since this was last asked, for whoever lists them.
    public Set<String> takeUnlisted() {
        var taken = new HashSet<String>();
        for (var projects = unlisted.iterator(); projects.hasNext(); ) {
            taken.add(projects.next());
            projects.remove();
        }
        return taken;
    }

    /// Takes what has changed since this was last asked, for whoever stores it: asked before, [#upTo] says what it
    /// contains at least.
    public List<Source> takeUnstored() {
        var taken = new ArrayList<Source>();
        for (var subjects = unstored.iterator(); subjects.hasNext(); ) {
            String subject = subjects.next();
            // In this order: what changes in between is found again.
            subjects.remove();
            @Nullable Source source = sources.get(subject);
            if (source != null) taken.add(source);
        }
        return taken;
    }

    /// Gives back what could not be stored.
    public void putBack(Collection<Source> taken) {
        for (Source it : taken) unstored.add(it.subject());
    }

    /// Nothing of it is stored any more.
    public void forgetStored() {
        unstored.addAll(sources.keySet());
    }

    /// One aggregate; absent while nothing has been heard of it.
    public @Nullable Source source(String subject) {
        return sources.get(subject);
    }

    /// Every aggregate.
    public Collection<Source> sources() {
        return sources.values();
    }

    public Directory directory() {
        return directory;
    }

    /// The parts of a project; absent while nothing is known of it.
    public @Nullable Parts parts(String project) {
        return projects.find(project);
    }

    /// The parts of every project.
    public Collection<Parts> parts() {
        return projects.all();
    }

    /// The projects that name a city, a call, a fund or a funder.
    public Set<String> naming(String subject) {
        return projects.naming(subject);
    }

    /// Everything up to these offsets is in it.
    public Offsets upTo() {
        return upTo;
    }

    /// Whether every topic has been read to its end at least once.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /// Per topic the time up to which it has been read to its end; a topic never read to its end is absent.
    public Map<String, Instant> asOf() {
        return asOf.times();
    }

    /// [#asOf] as a header: `<topic>=<time>,<topic>=<time>`, and `,unconfirmed` where nobody has compared it with what
    /// was published.
    public String asOfHeader() {
        return asOf.header();
    }

    /// The topics that ended before what was read of them.
    public Set<String> cutShort() {
        return Set.copyOf(cutShort);
    }

    /// What could not be read, with why.
    public Map<String, String> unreadable() {
        return Map.copyOf(unreadable);
    }

    /// How many events could not be read or folded.
    public long unread() {
        return unread.sum();
    }

    /// How many events are missing in the sequence of their aggregate.
    public long gaps() {
        return gaps.sum();
    }

    /// How many events this one was folded from, without those that were stored in it.
    public long heard() {
        return heard.sum();
    }

    List<String> missing() {
        var missing = new ArrayList<>(topics);
        missing.removeAll(asOf.times().keySet());
        return missing;
    }
}
