package koinon.cities.city;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import koinon.cities.GroupMembers;
import koinon.cities.Participant;
import koinon.cities.country.Region;
import koinon.cities.fact.PlainName;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// Finds cities.
@Repository
public class Cities {

    private final MongoOperations mongo;

    Cities(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Criteria of a list of cities. An absent criterion does not restrict the list.
    ///
    /// @param name part of one of its names; case and accents are ignored
    /// @param group the cities that are in it, by their id or by their country
    record Filter(
            @Nullable String country,
            @Nullable Region region,
            @Nullable CreativeField field,
            City.@Nullable State state,
            @Nullable String name,
            @Nullable GroupMembers group) {}

    Optional<City> find(String id) {
        return Optional.ofNullable(mongo.findById(id, City.class));
    }

    /// The city as gatherings and ideas know it; empty when it is not registered.
    public Optional<Participant> participant(String id) {
        return find(id).map(Cities::participant);
    }

    /// The same of several cities, by id; without those that are not registered.
    public Map<String, Participant> participants(Collection<String> ids) {
        return findAll(ids).stream().map(Cities::participant).collect(Collectors.toMap(Participant::id, it -> it));
    }

    private static Participant participant(City city) {
        return new Participant(
                city.id(),
                city.name(),
                switch (city.state()) {
                    case CANDIDATE -> Participant.Standing.CANDIDATE;
                    case DESIGNATED, INVITED_TO_LEAVE, COOPERATING -> Participant.Standing.TAKES_PART;
                    case LEFT -> Participant.Standing.LEFT;
                });
    }

    /// The cities with these ids that exist, in no particular order.
    List<City> findAll(Collection<String> ids) {
        return mongo.find(Query.query(where("_id").in(ids)), City.class);
    }

    /// Cities that match the filter, ordered by id.
    ///
    /// @param after return only ids after this one; absent: start with the first
    List<City> find(Filter filter, @Nullable String after, int most) {
        List<Criteria> all = new ArrayList<>();
        if (after != null) all.add(where("_id").gt(after));
        if (filter.country() != null) all.add(where("country").is(filter.country()));
        if (filter.region() != null) all.add(where("region").is(filter.region()));
        if (filter.field() != null) all.add(where("field").is(filter.field()));
        if (filter.state() != null) all.add(where("state").is(filter.state()));
        if (filter.name() != null) all.add(where("folded").regex(Pattern.quote(PlainName.of(filter.name()))));
        if (filter.group() != null)
            all.add(new Criteria()
                    .orOperator(
                            where("country").in(filter.group().countries()),
                            where("_id").in(filter.group().cities())));
        Query query = new Query();
        all.forEach(query::addCriteria);
        return mongo.find(query.with(Sort.by("_id")).limit(most), City.class);
    }
}
