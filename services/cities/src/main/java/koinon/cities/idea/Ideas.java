package koinon.cities.idea;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// Finds ideas.
@Repository
class Ideas {

    private final MongoOperations mongo;

    Ideas(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Criteria of a list of ideas. An absent criterion does not restrict the list.
    ///
    /// @param city id of the city that raised it or is interested
    /// @param gathering id of the gathering in which it was raised
    record Filter(@Nullable String city, @Nullable String gathering, Idea.@Nullable State state) {}

    Optional<Idea> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Idea.class));
    }

    /// One page of the ideas that match the filter, ordered by id.
    List<Idea> page(Filter filter, Page.Wanted wanted) {
        List<Criteria> all = new ArrayList<>();
        if (wanted.after() != null) all.add(where("_id").gt(wanted.after()));
        if (filter.city() != null)
            all.add(new Criteria()
                    .orOperator(
                            where("city").is(filter.city()), where("interested").is(filter.city())));
        if (filter.gathering() != null) all.add(where("gathering").is(filter.gathering()));
        if (filter.state() != null) all.add(where("state").is(filter.state()));
        Query query = new Query();
        all.forEach(query::addCriteria);
        return mongo.find(query.with(Sort.by("_id")).limit(wanted.fetch()), Idea.class);
    }
}
