package koinon.projects.project;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// Reads projects; placeholders are not found.
@Repository
class Projects {

    private final MongoOperations mongo;

    Projects(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Criteria of a list of projects. An absent criterion does not restrict the list.
    ///
    /// @param city id of a partner
    record Filter(
            Project.@Nullable State state,
            @Nullable String city,
            @Nullable String call) {}

    Optional<Project> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Project.class))
                .filter(it -> it.state() != Project.State.PLACEHOLDER);
    }

    /// Projects that match the filter, ordered by id.
    ///
    /// @param after return only ids after this one; absent: start with the first
    List<Project> find(Filter filter, @Nullable String after, int most) {
        Query query = new Query();
        if (after != null) query.addCriteria(where("_id").gt(after));
        Criteria state = where("state").ne(Project.State.PLACEHOLDER);
        query.addCriteria(filter.state() == null ? state : state.is(filter.state()));
        if (filter.city() != null)
            query.addCriteria(where("award.partners.city").is(filter.city()));
        if (filter.call() != null) query.addCriteria(where("award.call").is(filter.call()));
        return mongo.find(query.with(Sort.by("_id")).limit(most), Project.class);
    }
}
