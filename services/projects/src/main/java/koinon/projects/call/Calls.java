package koinon.projects.call;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import koinon.eventing.actor.Actor;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/// Reads calls for proposals.
@Component
public final class Calls {

    private final MongoOperations mongo;

    Calls(MongoOperations mongo) {
        this.mongo = mongo;
    }

    public Optional<Call> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Call.class));
    }

    /// The call as this caller may read it: drafts are for those who oversee the network.
    public Optional<Call> find(String id, Actor by) {
        return find(id).filter(it -> isVisible(it, by));
    }

    static boolean isVisible(Call call, Actor by) {
        return call.edition() > 0 || NetworkOversightRoles.includes(by);
    }

    /// The call of an existing proposal, so the call must exist.
    public Call of(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("There is no call " + id + "."));
    }

    /// The ids of the calls that name one of these funds.
    public Set<String> drawingOn(Collection<String> funds) {
        if (funds.isEmpty()) return Set.of();
        Query query = Query.query(Criteria.where("terms.funds.fund").in(funds));
        query.fields().include("_id");
        return mongo.find(query, Call.class).stream().map(Call::id).collect(Collectors.toSet());
    }

    /// One page, ordered by id.
    ///
    /// @param drafts whether to include calls that were never published
    List<Call> page(Call.@Nullable State state, boolean drafts, Page.Wanted wanted) {
        Query query = new Query().with(Sort.by("_id")).limit(wanted.fetch());
        if (state != null) query.addCriteria(Criteria.where("state").is(state));
        if (!drafts) query.addCriteria(Criteria.where("edition").gt(0));
        if (wanted.after() != null) query.addCriteria(Criteria.where("_id").gt(wanted.after()));
        return mongo.find(query, Call.class);
    }
}
