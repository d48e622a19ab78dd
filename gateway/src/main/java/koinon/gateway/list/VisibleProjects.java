package koinon.gateway.list;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import koinon.gateway.audience.Caller;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.StatusIndex;
import koinon.gateway.status.Statuses;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Selects and counts the projects that a caller may see, from one small index entry per project in memory.
@Component
final class VisibleProjects {

    private static final int CACHED_COUNTS = 200;

    private final Statuses statuses;
    private final Contracts contracts;
    private final Cache<Counted.Of, Counted> counted =
            Caffeine.newBuilder().maximumSize(CACHED_COUNTS).build();

    /// A project, and the caller as its reader.
    record Visible(IndexEntry entry, Reader reader) {}

    /// Counts, valid until an entry of the index changes: the next page of a list needs the same ones.
    private record Counted(StatusIndex index, long version, Counts counts) {

        private record Of(Caller caller, Filters filters) {}

        @SuppressWarnings("ReferenceEquality") // Compares identity: an index has no equality.
        private boolean holds(StatusIndex now, long nowVersion) {
            return index == now && version == nowVersion;
        }
    }

    VisibleProjects(Statuses statuses, Contracts contracts) {
        this.statuses = statuses;
        this.contracts = contracts;
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
                        ? StatusQuery.encoded(query.sort().key(shown.getLast().entry()))
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

    /// All projects that match, in no order.
    Stream<Visible> matching(Filters filters, Caller caller) {
        @Nullable String subject = filters.subject();
        StatusIndex index = statuses.index();
        return visible(subject == null ? index.all().stream() : index.naming(subject), caller)
                .filter(it -> filters.match(it.entry(), it.reader()));
    }

    private static Stream<Visible> visible(Stream<IndexEntry> entries, Caller caller) {
        return entries.map(it -> new Visible(it, caller.to(it.involved())))
                .filter(it -> it.entry().isVisibleTo(it.reader()));
    }

    private Counts counts(Filters filters, Caller caller) {
        StatusIndex index = statuses.index();
        long version = index.version();
        var of = new Counted.Of(caller, filters);
        @Nullable Counted known = counted.getIfPresent(of);
        if (known != null && known.holds(index, version)) return known.counts();
        var counts = new Counts();
        visible(index.all().stream(), caller)
                .filter(it -> filters.matchOthers(it.entry(), it.reader()))
                .forEach(it -> counts.add(it.entry(), it.reader(), filters.failed(it.entry(), it.reader())));
        counted.put(of, new Counted(index, version, counts));
        return counts;
    }
}
