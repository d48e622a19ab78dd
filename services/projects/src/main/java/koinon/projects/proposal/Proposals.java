package koinon.projects.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import koinon.platform.web.Page;
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

    Proposals(MongoOperations mongo) {
        this.mongo = mongo;
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

    Optional<Proposal> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Proposal.class)).filter(it -> it.sequence() > 0);
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
