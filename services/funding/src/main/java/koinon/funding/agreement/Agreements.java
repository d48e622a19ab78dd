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
import koinon.funding.funder.FundingVisibility;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// Reads agreements. A caller sees the agreements of its funder and of its cities.
@Repository
class Agreements {

    /// Bounds the query; no typing mistake repeats a reference this often.
    private static final int MOST_SHARING = 1_000;

    private final MongoOperations mongo;

    Agreements(MongoOperations mongo) {
        this.mongo = mongo;
    }

    Optional<Agreement> find(String id, FundingVisibility visibility) {
        return Optional.ofNullable(mongo.findById(id, Agreement.class)).filter(it -> isVisible(it, visibility));
    }

    static boolean isVisible(Agreement agreement, FundingVisibility visibility) {
        return agreement.state() != State.PLACEHOLDER
                && (visibility.seesFunder(agreement.funder())
                        || agreement.partners().stream().anyMatch(visibility.cities()::contains)
                        || visibility.cities().contains(agreement.beneficiary()));
    }

    /// Criteria of a list of agreements. An absent criterion does not restrict the list.
    ///
    /// @param reference reference of a payment order or a booking; case and spaces are ignored
    record Filter(
            @Nullable String project,
            @Nullable String fund,
            @Nullable State state,
            @Nullable String reference) {}

    /// The ids of agreements that have a payment with one of the references of these agreements, by reference key.
    /// Only agreements of funders that the caller may see are considered.
    Map<String, Set<String>> sharing(List<Agreement> some, FundingVisibility visibility) {
        Map<String, Set<String>> sharing = new HashMap<>();
        some.stream()
                .filter(it -> visibility.seesFunder(it.funder()))
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

    /// One page, ordered by id.
    List<Agreement> list(Filter filter, FundingVisibility visibility, Page.Wanted wanted) {
        List<Criteria> all = new ArrayList<>();
        all.add(
                filter.state() == null
                        ? where("state").ne(State.PLACEHOLDER)
                        : where("state").is(filter.state()));
        all.add(where("sequence").gt(0));
        if (filter.project() != null) all.add(where("project").is(filter.project()));
        if (filter.fund() != null) all.add(where("fund").is(filter.fund()));
        if (filter.reference() != null)
            all.add(where("references")
                    .in(PaymentReference.keysOf(filter.reference()).toList()));
        if (wanted.after() != null) all.add(where("_id").gt(wanted.after()));
        if (!visibility.everything())
            all.add(new Criteria()
                    .orOperator(
                            where("funder").in(visibility.funders()),
                            where("partners").in(visibility.cities()),
                            where("beneficiary").in(visibility.cities())));
        Query query = new Query(new Criteria().andOperator(all));
        return mongo.find(query.with(Sort.by("_id")).limit(wanted.fetch()), Agreement.class);
    }
}
