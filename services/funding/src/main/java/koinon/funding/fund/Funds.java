package koinon.funding.fund;

import static org.springframework.data.mongodb.core.query.Criteria.where;

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

/// The funds that were opened, to be read.
@Repository
class Funds {

    private final MongoOperations mongo;

    Funds(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<Fund> find(String id, Sight sight) {
        return Optional.ofNullable(mongo.findById(id, Fund.class)).filter(it -> isVisible(it, sight));
    }

    static boolean isVisible(Fund fund, Sight sight) {
        return fund.state() == Fund.State.OPEN && sight.seesFunder(fund.funder());
    }

    /// By id.
    ///
    /// @param funder absent: of every funder
    List<Fund> list(@Nullable String funder, Sight sight, Page.Wanted wanted) {
        Criteria criteria = where("state").is(Fund.State.OPEN);
        if (funder != null) {
            if (!sight.seesFunder(funder)) return List.of();
            criteria = criteria.and("funder").is(funder);
        } else if (!sight.everything()) criteria = criteria.and("funder").in(sight.funders());
        if (wanted.after() != null) criteria = criteria.and("_id").gt(wanted.after());
        return mongo.find(new Query(criteria).with(Sort.by("_id")).limit(wanted.fetch()), Fund.class);
    }
}
