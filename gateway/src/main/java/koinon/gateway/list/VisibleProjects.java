package koinon.gateway.list;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.directory.KnownGroup;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.StatusIndex;
import koinon.gateway.status.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Selects and counts the projects that a caller may see, from one small index entry per project in memory.
@Component
public final class VisibleProjects {

    private static final int CACHED = 200;

    private final Statuses statuses;
    private final Contracts contracts;
    private final Cache<Result.Of, Result> results =
            Caffeine.newBuilder().maximumSize(CACHED).build();

    /// A project, and the caller as its reader.
    record Visible(IndexEntry entry, Reader reader) {}

    /// What follows from all entries, valid until one of them changes: the pages of a list need the same counts, and
    /// many readers ask for the same figures.
    private record Result(long version, Object value) {

        private record Of(Class<?> type, Caller caller, Filters filters) {}
    }

    public VisibleProjects(Statuses statuses, Contracts contracts) {
        this.statuses = statuses;
        this.contracts = contracts;
    }

    /// A group of cities, for a filter; without members if there is none of this id.
    KnownGroup group(String id) {
        return statuses.group(id);
    }

    /// A page, with the counts of all pages.
    StatusQuery.Page page(StatusQuery query, Caller caller) {
        List<Visible> found = first(query, caller);
        List<Visible> shown = found.subList(0, Math.min(found.size(), query.limit()));
        Counts counts = counts(query.filters(), caller);
        return new StatusQuery.Page(
                shown.stream()
                        .map(it -> it.entry().item(it.reader(), contracts))
                        .toList(),
                found.size() > query.limit()
                        ? query.next(query.sort().key(shown.getLast().entry()))
                        : null,
                counts.all(),
                counts.byParameter());
    }

    /// The projects of a page in its order, and one more if there is a next page.
    List<Visible> first(StatusQuery query, Caller caller) {
        StatusIndex index = statuses.index();
        var found = new LinkedHashMap<String, Visible>();
        Iterator<IndexEntry> ordered = candidates(index, query, caller);
        while (ordered.hasNext() && found.size() <= query.limit()) {
            IndexEntry it = ordered.next();
            Reader reader = caller.to(it.involved());
            if (it.isVisibleTo(reader) && query.filters().match(it, reader))
                found.putIfAbsent(it.item().id(), new Visible(it, reader));
        }
        return List.copyOf(found.values());
    }

    /// If the filters have a subject, either the projects that name it are sorted, or the buckets are scanned,
    /// whichever is cheaper: a scan finds a page and one more after about `(limit + 1) * all / naming` entries, the
    /// other way looks at all `naming` entries.
    private static Iterator<IndexEntry> candidates(StatusIndex index, StatusQuery query, Caller caller) {
        @Nullable String subject = query.filters().subject();
        StatusIndex.@Nullable Key cursor = query.cursor();
        long naming = subject == null ? 0 : index.countNaming(subject);
        if (subject == null
                || naming * naming > (query.limit() + 1L) * index.all().size())
            return index.after(query.sort(), cursor, it -> query.filters().mayContain(it, caller));
        Map<StatusIndex.Key, IndexEntry> sorted = new TreeMap<>();
        index.naming(subject).forEach(it -> {
            StatusIndex.Key key = query.sort().key(it);
            if (cursor == null || key.compareTo(cursor) > 0) sorted.put(key, it);
        });
        return sorted.values().iterator();
    }

    Summary summary(Filters filters, Caller caller) {
        return result(Summary.class, filters, caller, it -> Summary.of(matching(it, filters, caller), contracts));
    }

    Cooperation cooperation(Filters filters, Caller caller) {
        return result(
                Cooperation.class, filters, caller, it -> Cooperation.of(matching(it, filters, caller), contracts));
    }

    private Counts counts(Filters filters, Caller caller) {
        return result(Counts.class, filters, caller, index -> {
            var counts = new Counts();
            visible(index.all().stream(), caller)
                    .filter(it -> filters.matchOthers(it.entry(), it.reader()))
                    .forEach(it -> counts.add(it.entry(), it.reader(), filters.failed(it.entry(), it.reader())));
            return counts;
        });
    }

    /// Projects that a caller may see, and their money.
    ///
    /// @param items the latest change first
    /// @param money one item per currency
    public record Selection(List<IndexEntry.ListItem> items, List<Summary.Sums> money) {}

    /// The projects that came from one of these gatherings and ideas. Who is no member of the network sees where a
    /// project came from once it is approved.
    ///
    /// @param subjects `<aggregate>/<id>`
    public Selection from(Collection<String> subjects, Caller caller) {
        StatusIndex index = statuses.index();
        List<Visible> found = visible(subjects.stream().flatMap(index::naming).distinct(), caller)
                .filter(it -> caller.isMember() || it.entry().isApproved())
                .sorted(Comparator.comparing(it -> StatusIndex.Sort.UPDATED.key(it.entry())))
                .toList();
        return new Selection(
                found.stream()
                        .map(it -> it.entry().item(it.reader(), contracts))
                        .toList(),
                Summary.of(found.stream(), contracts).money());
    }

    private <T> T result(Class<T> type, Filters filters, Caller caller, Function<StatusIndex, T> make) {
        StatusIndex index = statuses.index();
        // Read before the entries, so that a change meanwhile makes the result invalid.
        long version = index.version();
        var of = new Result.Of(type, caller, filters);
        @Nullable Result known = results.getIfPresent(of);
        if (known != null && known.version() == version) return type.cast(known.value());
        T made = make.apply(index);
        results.put(of, new Result(version, made));
        return made;
    }

    /// All projects that match, in no order.
    private static Stream<Visible> matching(StatusIndex index, Filters filters, Caller caller) {
        @Nullable String subject = filters.subject();
        return visible(subject == null ? index.all().stream() : index.naming(subject), caller)
                .filter(it -> filters.match(it.entry(), it.reader()));
    }

    private static Stream<Visible> visible(Stream<IndexEntry> entries, Caller caller) {
        return entries.map(it -> new Visible(it, caller.to(it.involved())))
                .filter(it -> it.entry().isVisibleTo(it.reader()));
    }
}
