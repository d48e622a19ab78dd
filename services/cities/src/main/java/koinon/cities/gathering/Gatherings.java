package koinon.cities.gathering;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import koinon.cities.gathering.programme.Occasion;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// Finds gatherings.
@Repository
public class Gatherings {

    private static final String ORDER = "order";

    // What the id of a city is made of. Delegations are stored by it, so no other text becomes part of a query.
    private static final Pattern CITY = Pattern.compile("[a-z0-9-]+");

    private final MongoOperations mongo;

    Gatherings(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Criteria of a list of gatherings. An absent criterion does not restrict the list.
    ///
    /// @param city id of the host city
    /// @param delegation id of a city that sends a delegation
    /// @param from only those that end on this day or later
    /// @param until only those that begin on this day or earlier
    record Filter(
            @Nullable String city,
            @Nullable String delegation,
            Gathering.@Nullable State state,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {}

    Optional<Gathering> find(String id) {
        return Optional.ofNullable(mongo.findById(id, Gathering.class));
    }

    /// A gathering as ideas know it; empty when there is none of this id.
    public Optional<Occasion> occasion(String id) {
        return find(id).map(it -> new Occasion(
                it.id(),
                it.state() == Gathering.State.CANCELLED,
                it.programme().sessions().keySet()));
    }

    /// Gatherings that match the filter, by first day and id.
    ///
    /// @param after return only those after this place in the order; absent: start with the first
    List<Gathering> find(Filter filter, @Nullable String after, int most) {
        Query query = query(filter);
        if (after != null) query.addCriteria(where(ORDER).gt(after));
        return mongo.find(query.with(Sort.by(ORDER)).limit(most), Gathering.class);
    }

    /// The latest gatherings of one host city, or of all.
    List<Gathering> latest(@Nullable String city, int most) {
        Query query = query(new Filter(city, null, null, null, null));
        return mongo.find(query.with(Sort.by(Sort.Direction.DESC, ORDER)).limit(most), Gathering.class);
    }

    private static Query query(Filter filter) {
        List<Criteria> all = new ArrayList<>();
        if (filter.city() != null) all.add(where("city").is(filter.city()));
        if (filter.delegation() != null) {
            boolean possible = CITY.matcher(filter.delegation()).matches();
            all.add(
                    possible
                            ? where("attendance.delegations." + filter.delegation())
                                    .exists(true)
                            : where("_id").isNull());
        }
        if (filter.state() != null) all.add(where("state").is(filter.state()));
        if (filter.from() != null) all.add(where("arrangements.days.last").gte(filter.from()));
        if (filter.until() != null) all.add(where("arrangements.days.first").lte(filter.until()));
        Query query = new Query();
        all.forEach(query::addCriteria);
        return query;
    }
}
