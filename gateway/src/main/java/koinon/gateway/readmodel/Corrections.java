package koinon.gateway.readmodel;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;

/// The projects whose status differs in the next read model after the same events, found while both receive events.
/// A project of which only one of the two contains the latest event is compared again.
public final class Corrections {

    private enum Comparison {
        SAME,
        DIFFERENT,
        NOT_THE_SAME_EVENTS
    }

    private final ReadModel before;
    private final ReadModel next;
    private final Set<String> found = new HashSet<>();
    private final Set<String> pending = new HashSet<>();

    /// Compares every project once.
    public Corrections(ReadModel before, ReadModel next) {
        this.before = before;
        this.next = next;
        for (ProjectFacts it : before.facts()) compare(it);
    }

    /// Compares those again that could not be compared.
    ///
    /// @return whether every project has been compared after the same events
    public boolean comparePending() {
        Set<String> again = Set.copyOf(pending);
        pending.clear();
        for (String id : again) {
            ProjectFacts facts = before.facts(id);
            if (facts != null) compare(facts);
        }
        return pending.isEmpty();
    }

    /// The ids of the projects that were found to differ.
    public Set<String> found() {
        return Set.copyOf(found);
    }

    private void compare(ProjectFacts project) {
        var comparisons = project.subjects().map(this::compare).toList();
        if (comparisons.contains(Comparison.DIFFERENT)) found.add(project.id());
        else if (comparisons.contains(Comparison.NOT_THE_SAME_EVENTS)) pending.add(project.id());
    }

    private Comparison compare(String subject) {
        @Nullable ProjectedAggregate here = before.aggregate(subject);
        @Nullable ProjectedAggregate there = next.aggregate(subject);
        if (here == null || there == null) return Comparison.SAME;
        if (here.sequence() != there.sequence()) return Comparison.NOT_THE_SAME_EVENTS;
        return Objects.equals(ProjectionType.text(here), ProjectionType.text(there))
                ? Comparison.SAME
                : Comparison.DIFFERENT;
    }
}
