package koinon.funding.agreement;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import koinon.funding.funder.Sight;
import koinon.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// The agreements that a fund was asked for, to be read by the cities and the funder that they are between.
@Repository
class Agreements {

    private final MongoOperations mongo;

    Agreements(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<Agreement> find(String id, Sight sight) {
        return Optional.ofNullable(mongo.findById(id, Agreement.class)).filter(it -> isVisible(it, sight));
    }

    static boolean isVisible(Agreement agreement, Sight sight) {
        return agreement.state() != State.EXPECTED
                && (sight.seesFunder(agreement.funder())
                        || agreement.partners().stream().anyMatch(sight.cities()::contains)
                        || sight.cities().contains(agreement.beneficiary()));
    }

    /// By id; what is absent does not narrow.
    List<Agreement> list(
            @Nullable String project, @Nullable String fund, @Nullable State state, Sight sight, Page.Wanted wanted) {
        List<Criteria> all = new ArrayList<>();
        all.add(
                state == null
                        ? where("state").ne(State.EXPECTED)
                        : where("state").is(state));
        all.add(where("sequence").gt(0));
        if (project != null) all.add(where("project").is(project));
        if (fund != null) all.add(where("fund").is(fund));
        if (wanted.after() != null) all.add(where("_id").gt(wanted.after()));
        if (!sight.everything())
            all.add(new Criteria()
                    .orOperator(
                            where("funder").in(sight.funders()),
                            where("partners").in(sight.cities()),
                            where("beneficiary").in(sight.cities())));
        Query query = new Query(new Criteria().andOperator(all));
        return mongo.find(query.with(Sort.by("_id")).limit(wanted.fetch()), Agreement.class);
    }
}
