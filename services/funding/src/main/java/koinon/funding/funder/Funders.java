package koinon.funding.funder;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.List;
import java.util.Optional;
import koinon.http.page.Page;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// Reads funders.
@Repository
public class Funders {

    private final MongoOperations mongo;

    Funders(MongoOperations mongo) {
        this.mongo = mongo;
    }

    public boolean contain(String id) {
        return find(id).isPresent();
    }

    Optional<Funder> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Funder.class));
    }

    /// One page, ordered by id.
    List<Funder> list(Page.Wanted wanted) {
        Query query = new Query().with(Sort.by("_id")).limit(wanted.fetch());
        if (wanted.after() != null) query.addCriteria(where("_id").gt(wanted.after()));
        return mongo.find(query, Funder.class);
    }
}
