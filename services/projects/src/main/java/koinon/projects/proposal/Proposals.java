package koinon.projects.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import koinon.platform.document.Aggregates.Target;
import koinon.platform.model.By;
import koinon.platform.model.Mandate;
import koinon.platform.web.Page;
import koinon.projects.call.Calls;
import koinon.projects.call.Oversight;
import koinon.projects.fund.KnownFund;
import koinon.projects.fund.KnownFunds;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// The proposals, to be read.
@Component
final class Proposals {

    private static final String CITY = "partnership.plan.parts.city";

    private final MongoOperations mongo;
    private final Calls calls;
    private final KnownFunds funds;

    Proposals(MongoOperations mongo, Calls calls, KnownFunds funds) {
        this.mongo = mongo;
        this.calls = calls;
        this.funds = funds;
    }

    /// What a list is narrowed to; what is absent narrows nothing.
    record Filter(@Nullable String call, @Nullable String city, Proposal.@Nullable State state) {}

    /// Whose eyes a list is for.
    ///
    /// @param all whether it is for the network, which sees all
    /// @param cities whose own proposals these are
    /// @param calls under which what was handed in may be seen
    record Reader(boolean all, Set<String> cities, Set<String> calls) {

        boolean maySee(Proposal proposal) {
            return all
                    || proposal.plan().cities().stream().anyMatch(cities::contains)
                    || (proposal.isHandedIn() && calls.contains(proposal.call()));
        }
    }

    /// What this caller may see: of a funder's people the calls that its funds pay.
    Reader readerFor(By by) {
        Set<String> funders = idsOf("funder/", by);
        Set<String> theirs = funders.isEmpty()
                ? Set.of()
                : calls.drawingOn(funds.findByFunderIn(funders).stream()
                        .map(KnownFund::id)
                        .toList());
        return new Reader(Oversight.includes(by), idsOf("city/", by), theirs);
    }

    /// A proposal as this caller's commands find it.
    Target<Proposal> target(String id, By by) {
        return Target.of(Proposal.class, id, it -> readerFor(by).maySee(it));
    }

    Optional<Proposal> find(String id, By by) {
        return Optional.ofNullable(mongo.findById(id, Proposal.class))
                .filter(it -> it.sequence() > 0)
                .filter(it -> readerFor(by).maySee(it));
    }

    private static Set<String> idsOf(String kind, By by) {
        return by.mandates().stream()
                .map(Mandate::scope)
                .filter(it -> it.startsWith(kind))
                .map(it -> it.substring(kind.length()))
                .collect(Collectors.toSet());
    }

    /// One page, by id, of what the reader may see.
    List<Proposal> page(Filter filter, Reader reader, Page.Wanted wanted) {
        List<Criteria> all = new ArrayList<>();
        all.add(Criteria.where("sequence").gt(0));
        if (filter.call() != null) all.add(Criteria.where("call").is(filter.call()));
        if (filter.city() != null) all.add(Criteria.where(CITY).is(filter.city()));
        if (filter.state() != null) all.add(Criteria.where("state").is(filter.state()));
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
