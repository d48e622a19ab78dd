package koinon.gateway.readmodel;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import koinon.gateway.directory.KnownFund;
import koinon.gateway.projection.AgreementProjection;
import koinon.gateway.projection.ApprovedPlan;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.projection.ProposalProjection;
import koinon.gateway.topics.ProjectedAggregate;
import org.jspecify.annotations.Nullable;

/// The facts of every project, and the projects that name a city, a call, a fund, a funder or an origin. Facts are
/// immutable
/// and are replaced as a whole, so any thread can read them without a lock. One thread writes.
final class ProjectIndex {

    private final Function<String, @Nullable ProjectedAggregate> aggregates;
    private final Map<String, ProjectFacts> facts = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> naming = new ConcurrentHashMap<>();

    /// @param aggregates looks up an aggregate by its subject
    ProjectIndex(Function<String, @Nullable ProjectedAggregate> aggregates) {
        this.aggregates = aggregates;
    }

    /// Applies the current state of an aggregate.
    ///
    /// @return the projects whose status changes
    Set<String> changed(ProjectedAggregate aggregate) {
        Optional<String> owner = ProjectFacts.projectOf(aggregate);
        if (owner.isPresent()) {
            ProjectFacts after = facts.getOrDefault(owner.get(), ProjectFacts.none(owner.get()));
            facts.put(owner.get(), name(after.with(aggregate)));
            return Set.of(owner.get());
        }
        Set<String> touched = Set.copyOf(naming.getOrDefault(aggregate.subject(), Set.of()));
        for (String project : touched) facts.computeIfPresent(project, (_, it) -> name(it.touchedBy(aggregate)));
        return touched;
    }

    /// Registers the aggregates that the facts name. An aggregate that is named for the first time touches the
    /// facts, whichever of the two came first.
    private ProjectFacts name(ProjectFacts it) {
        ProjectFacts named = it;
        for (String subject : named(it)) {
            if (!naming.computeIfAbsent(subject, _ -> ConcurrentHashMap.newKeySet())
                    .add(it.id())) continue;
            @Nullable ProjectedAggregate aggregate = aggregates.apply(subject);
            if (aggregate != null && aggregate.changed() >= 0) named = named.touchedBy(aggregate);
        }
        return named;
    }

    private Set<String> named(ProjectFacts it) {
        var named = new HashSet<String>();
        if (it.proposal() != null) {
            named.add("call/" + it.proposal().call());
            if (it.proposal().origin() != null) named.add(it.proposal().origin().subject());
            for (ProposalProjection.Partner partner : it.proposal().partners()) named.add("city/" + partner.city());
        }
        @Nullable ApprovedPlan approvedPlan = it.approvedPlan();
        if (approvedPlan != null) {
            named.add("call/" + approvedPlan.call());
            for (ApprovedPlan.Partner partner : approvedPlan.partners()) named.add("city/" + partner.city());
            for (ApprovedPlan.Grant grant : approvedPlan.grants()) addFund(grant.fund(), named);
        }
        for (AgreementProjection agreement : it.agreements().values()) addFund(agreement.fund(), named);
        return named;
    }

    private void addFund(String id, Set<String> named) {
        named.add("fund/" + id);
        @Nullable ProjectedAggregate fund = aggregates.apply("fund/" + id);
        if (fund != null && fund.state() instanceof KnownFund known && known.funder() != null)
            named.add("funder/" + known.funder());
    }

    Set<String> naming(String subject) {
        return naming.getOrDefault(subject, Set.of());
    }

    @Nullable
    ProjectFacts find(String project) {
        return facts.get(project);
    }

    Collection<ProjectFacts> all() {
        return facts.values();
    }
}
