package koinon.funding.fund;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.List;
import java.util.Optional;
import koinon.funding.funder.FundingVisibility;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// Reads the opened funds.
@Repository
class Funds {

    private final MongoOperations mongo;

    Funds(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<Fund> find(String id, FundingVisibility visibility) {
        return Optional.ofNullable(mongo.findById(id, Fund.class)).filter(it -> isVisible(it, visibility));
    }

    static boolean isVisible(Fund fund, FundingVisibility visibility) {
        return fund.state() == Fund.State.OPEN && visibility.seesFunder(fund.funder());
    }

    /// One page, ordered by id.
    ///
    /// @param funder absent: funds of every funder
    List<Fund> list(@Nullable String funder, FundingVisibility visibility, Page.Wanted wanted) {
        Criteria criteria = where("state").is(Fund.State.OPEN);
        if (funder != null) {
            if (!visibility.seesFunder(funder)) return List.of();
            criteria = criteria.and("funder").is(funder);
        } else if (!visibility.everything()) criteria = criteria.and("funder").in(visibility.funders());
        if (wanted.after() != null) criteria = criteria.and("_id").gt(wanted.after());
        return mongo.find(new Query(criteria).with(Sort.by("_id")).limit(wanted.fetch()), Fund.class);
    }
}
