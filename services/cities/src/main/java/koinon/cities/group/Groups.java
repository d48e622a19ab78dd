package koinon.cities.group;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.List;
import java.util.Optional;
import koinon.cities.GroupMembers;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// Finds groups.
@Repository
class Groups implements GroupMembers.Lookup {

    private final MongoOperations mongo;

    Groups(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<Group> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Group.class));
    }

    @Override
    public Optional<GroupMembers> members(String group) {
        return find(group).map(it -> it.definition().members());
    }

    /// One page of the groups, ordered by id.
    ///
    /// @param state absent: groups in every state
    List<Group> page(Group.@Nullable State state, Page.Wanted wanted) {
        Query query = new Query();
        if (wanted.after() != null) query.addCriteria(where("_id").gt(wanted.after()));
        if (state != null) query.addCriteria(where("state").is(state));
        return mongo.find(query.with(Sort.by("_id")).limit(wanted.fetch()), Group.class);
    }
}
