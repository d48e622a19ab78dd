package koinon.projects.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.document.Aggregates.Target;
import koinon.http.page.Page;
import koinon.projects.call.Call;
import koinon.projects.call.Calls;
import koinon.projects.call.NetworkOversightRoles;
import koinon.projects.city.KnownCities;
import koinon.projects.city.KnownCity;
import koinon.projects.fund.KnownFund;
import koinon.projects.fund.KnownFunds;
import koinon.projects.group.KnownGroups;
import koinon.projects.origin.Origin;
import koinon.projects.plan.Plan;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// Reads proposals.
@Component
final class Proposals {

    private static final String CITY = "partnership.plan.parts.city";

    private final MongoOperations mongo;
    private final Calls calls;
    private final KnownFunds funds;
    private final KnownCities cities;
    private final KnownGroups groups;

    Proposals(MongoOperations mongo, Calls calls, KnownFunds funds, KnownCities cities, KnownGroups groups) {
        this.mongo = mongo;
        this.calls = calls;
        this.funds = funds;
        this.cities = cities;
        this.groups = groups;
    }

    /// What a decision on a proposal judges besides it.
    ProposalDecisions.Facts factsOf(Proposal proposal) {
        Call call = calls.of(proposal.call());
        Plan plan = proposal.submission() == null
                ? proposal.plan()
                : proposal.submission().plan();
        return new ProposalDecisions.Facts(call, funds.findByIdIn(call.terms().fundIds()), citiesOf(plan, call));
    }

    /// The known cities of a plan, by id, with the groups that the call's rules name.
    Map<String, KnownCity> citiesOf(Plan plan, Call call) {
        return cities.byId(plan.cities(), groups.named(call.terms().groupIds()));
    }

    /// Criteria of a list of proposals. An absent criterion does not restrict the list.
    record Filter(
            @Nullable String call,
            @Nullable String city,
            Proposal.@Nullable State state,
            @Nullable Origin origin) {}

    /// What the reader of a list may see.
    ///
    /// @param all whether the reader oversees the network and sees all proposals
    /// @param cities the reader's cities, whose proposals are visible
    /// @param calls the calls whose submitted proposals are visible
    record Reader(boolean all, Set<String> cities, Set<String> calls) {

        /// Whether the reader is a member of the network, who sees ideas.
        boolean isMember() {
            return all || !cities.isEmpty();
        }

        boolean maySee(Proposal proposal) {
            return all
                    || proposal.plan().cities().stream().anyMatch(cities::contains)
                    || (proposal.isHandedIn() && calls.contains(proposal.call()));
        }
    }

    /// What this caller may see; a funder's people see submitted proposals of the calls that their funds pay.
    Reader readerFor(Actor by) {
        Set<String> funders = idsOf("funder/", by);
        Set<String> theirs = funders.isEmpty()
                ? Set.of()
                : calls.drawingOn(funds.findByFunderIn(funders).stream()
                        .map(KnownFund::id)
                        .toList());
        return new Reader(NetworkOversightRoles.includes(by), idsOf("city/", by), theirs);
    }

    /// The origin as this caller may see it; absent where it is hidden or nobody named it.
    static @Nullable Origin originFor(Actor by, Proposal proposal) {
        boolean member =
                NetworkOversightRoles.includes(by) || !idsOf("city/", by).isEmpty();
        boolean approved = proposal.state() == Proposal.State.APPROVED;
        @Nullable Origin origin = proposal.origin();
        return origin == null || origin.isShown(member, approved) ? origin : null;
    }

    /// The proposal as the target of this caller's command.
    Target<Proposal> target(String id, Actor by) {
        Target<Proposal> whole =
                Target.of(Proposal.class, id, it -> readerFor(by).maySee(it));
        return NetworkOversightRoles.includes(by) ? whole : whole.part(ProposalDecisions.Held.OF_PARTNERS);
    }

    /// The proposal as this caller may read it.
    Optional<Proposal> find(String id, Actor by) {
        return Optional.ofNullable(mongo.findById(id, Proposal.class))
                .filter(it -> it.sequence() > 0)
                .filter(it -> readerFor(by).maySee(it))
                .map(it -> NetworkOversightRoles.includes(by) ? it : it.withoutRecordedDecision());
    }

    /// The id of the call of a proposal; empty while the proposal is not known.
    Optional<String> callOf(String id) {
        Query query = Query.query(Criteria.where("_id").is(id));
        query.fields().include("call");
        return Optional.ofNullable(mongo.findOne(query, Document.class, mongo.getCollectionName(Proposal.class)))
                .map(it -> it.getString("call"))
                .filter(it -> !it.isEmpty());
    }

    /// The ids of the proposals of a call with a recorded decision.
    List<String> withRecordedDecision(String call) {
        Query query =
                Query.query(Criteria.where("call").is(call).and("held.recorded").ne(null));
        query.fields().include("_id");
        return mongo.find(query, Document.class, mongo.getCollectionName(Proposal.class)).stream()
                .map(it -> it.getString("_id"))
                .toList();
    }

    private static Set<String> idsOf(String kind, Actor by) {
        return by.mandates().stream()
                .map(Mandate::scope)
                .filter(it -> it.startsWith(kind))
                .map(it -> it.substring(kind.length()))
                .collect(Collectors.toSet());
    }

    /// One page of the proposals that the reader may see, ordered by id.
    List<Proposal> page(Filter filter, Reader reader, Page.Wanted wanted) {
        List<Criteria> all = new ArrayList<>();
        all.add(Criteria.where("sequence").gt(0));
        if (filter.call() != null) all.add(Criteria.where("call").is(filter.call()));
        if (filter.city() != null) all.add(Criteria.where(CITY).is(filter.city()));
        if (filter.state() != null) all.add(Criteria.where("state").is(filter.state()));
        if (filter.origin() != null) {
            all.add(Criteria.where("origin.kind").is(filter.origin().kind()));
            all.add(Criteria.where("origin.id").is(filter.origin().id()));
            if (!filter.origin().isShown(reader.isMember(), false))
                all.add(Criteria.where("state").is(Proposal.State.APPROVED));
        }
        if (wanted.after() != null) all.add(Criteria.where("_id").gt(wanted.after()));
        if (!reader.all())
            all.add(new Criteria()
                    .orOperator(
                            Criteria.where(CITY).in(reader.cities()),
                            Criteria.where("call")
                                    .in(reader.calls())
                                    .and("state")
                                    .ne(Proposal.State.DRAFT)
                                    .and("submission")
                                    .ne(null)));
        Query query = Query.query(new Criteria().andOperator(all))
                .with(Sort.by("_id"))
                .limit(wanted.fetch());
        return mongo.find(query, Proposal.class);
    }
}
