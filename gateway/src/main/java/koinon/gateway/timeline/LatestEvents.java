package koinon.gateway.timeline;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.StatusIndex;
import koinon.gateway.status.Statuses;
import org.springframework.stereotype.Component;

/// The latest public events of all projects, as anyone may see them.
@Component
final class LatestEvents {

    /// Upper bound of the events of one project that are looked at.
    private static final int OF_PROJECT = 200;

    private static final Comparator<Event> NEWEST_FIRST =
            Comparator.comparing((Event it) -> it.entry().key()).reversed();

    private final TimelineService timelines;
    private final Statuses statuses;
    private final Contracts contracts;

    LatestEvents(TimelineService timelines, Statuses statuses, Contracts contracts) {
        this.timelines = timelines;
        this.statuses = statuses;
        this.contracts = contracts;
    }

    /// An event and its project.
    record Event(@JsonUnwrapped TimelineEntry entry, OfProject project) {

        /// The project of an event.
        record OfProject(String id, String title) {}
    }

    /// Looks at the projects by their last public event, the latest first, until no other can have a later one.
    List<Event> latest(int most) throws InterruptedException {
        Iterator<IndexEntry> projects =
                statuses.index().after(StatusIndex.Sort.UPDATED, null, StatusIndex.IndexBucket::approved);
        List<Event> found = new ArrayList<>();
        Set<String> looked = new HashSet<>();
        while (projects.hasNext()) {
            IndexEntry it = projects.next();
            // A project that changes meanwhile can come twice.
            if (!looked.add(it.item().id())) continue;
            if (found.size() == most
                    && found.getLast().entry().at().isAfter(it.item().updated())) break;
            found.addAll(of(it));
            found.sort(NEWEST_FIRST);
            if (found.size() > most) found.subList(most, found.size()).clear();
        }
        return found;
    }

    private List<Event> of(IndexEntry project) throws InterruptedException {
        var of = new Event.OfProject(project.item().id(), project.item().title());
        return timelines.of(of.id(), TimelineRange.first(TimelineRange.Order.DESC, OF_PROJECT)).stream()
                .flatMap(it -> it.shownTo(Reader.ANYONE, true, contracts).stream())
                .map(it -> new Event(it, of))
                .toList();
    }
}
