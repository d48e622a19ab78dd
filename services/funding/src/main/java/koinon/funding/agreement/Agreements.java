package koinon.funding.agreement;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import koinon.funding.agreement.payment.PaymentReference;
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

    /// More is no mistake of a person.
    private static final int MOST_SHARING = 1_000;

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

    /// What a list is narrowed to; what is absent narrows nothing.
    ///
    /// @param reference of a payment, the order's or the bank's, however it is spelt
    record Filter(
            @Nullable String project,
            @Nullable String fund,
            @Nullable State state,
            @Nullable String reference) {}

    /// Which agreements have a payment with one of the references of these, by the reference's key: only of funders
    /// whose money the caller sees.
    Map<String, Set<String>> sharing(List<Agreement> some, Sight sight) {
        Map<String, Set<String>> sharing = new HashMap<>();
        some.stream()
                .filter(it -> sight.seesFunder(it.funder()))
                .collect(Collectors.groupingBy(Agreement::funder))
                .forEach((funder, theirs) -> {
                    Set<String> keys = theirs.stream()
                            .flatMap(it -> it.references().stream())
                            .collect(Collectors.toSet());
                    if (keys.isEmpty()) return;
                    Query same =
                            new Query(where("references").in(keys).and("funder").is(funder));
                    for (Agreement it : mongo.find(same.limit(MOST_SHARING), Agreement.class))
                        for (String key : it.references())
                            if (keys.contains(key))
                                sharing.computeIfAbsent(key, _ -> new TreeSet<>())
                                        .add(it.id());
                });
        return sharing;
    }

    /// By id.
    List<Agreement> list(Filter filter, Sight sight, Page.Wanted wanted) {
        List<Criteria> all = new ArrayList<>();
        all.add(
                filter.state() == null
                        ? where("state").ne(State.EXPECTED)
                        : where("state").is(filter.state()));
        all.add(where("sequence").gt(0));
        if (filter.project() != null) all.add(where("project").is(filter.project()));
        if (filter.fund() != null) all.add(where("fund").is(filter.fund()));
        if (filter.reference() != null)
            all.add(where("references")
                    .in(PaymentReference.keysOf(filter.reference()).toList()));
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
