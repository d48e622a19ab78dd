package koinon.funding.ledger;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.unwind;
import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import koinon.funding.funder.Sight;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.platform.web.Page;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.AggregationOperation;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// All money events as double entries. Nothing in it is ever changed; it can be dropped and listed anew from the
/// topic.
@Repository
class Ledger {

    private static final char BETWEEN = '|';
    private static final Document SUM = Document.parse("""
            {"$group": {"_id": {"account": "$postings.account", "currency": "$postings.amount.currency"},
             "amount": {"$sum": "$postings.amount.amount"}}}""");

    private final MongoOperations mongo;

    Ledger(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Lists an entry unless it is there already.
    void list(Entry entry) {
        try {
            mongo.insert(entry);
        } catch (DuplicateKeyException _) {
            // The event came again; its entry is there and is never changed.
        }
    }

    /// The entries of these ids that are listed.
    List<Entry> find(Collection<String> ids) {
        return mongo.find(new BasicQuery(new Document("_id", new Document("$in", List.copyOf(ids)))), Entry.class);
    }

    /// The ids of all entries; to be closed.
    Stream<String> ids() {
        return mongo.stream(new BasicQuery(new Document(), new Document("_id", 1)), Document.class, "ledger")
                .map(it -> it.getString("_id"));
    }

    /// The order of entries: by time, then by event.
    static String placeOf(Entry entry) {
        return entry.at().toEpochMilli() + "" + BETWEEN + entry.id();
    }

    /// @param account only entries that touch an account that begins like this; absent: all
    List<Entry> entries(@Nullable String account, Sight sight, Page.Wanted wanted) {
        List<Criteria> all = seen(sight);
        if (account != null) all.add(where("postings.account").regex("^" + account));
        if (wanted.after() != null) all.add(after(wanted.after()));
        Query query = all.isEmpty() ? new Query() : new Query(new Criteria().andOperator(all));
        return mongo.find(query.with(Sort.by("at", "_id")).limit(wanted.fetch()), Entry.class);
    }

    /// What each account has, by account and currency.
    ///
    /// @param account only accounts that begin like this; absent: all
    List<Posting> balances(@Nullable String account, Sight sight) {
        List<AggregationOperation> steps = new ArrayList<>();
        List<Criteria> all = seen(sight);
        // Whole entries first, by their index; then the lines of theirs that are meant.
        if (account != null) all.add(where("postings.account").regex("^" + account));
        if (!all.isEmpty()) steps.add(match(new Criteria().andOperator(all)));
        steps.add(unwind("postings"));
        if (account != null) steps.add(match(where("postings.account").regex("^" + account)));
        steps.add(_ -> SUM);
        return mongo.aggregate(newAggregation(steps), Entry.class, Document.class).getMappedResults().stream()
                .map(Ledger::balance)
                .sorted(Comparator.comparing(Posting::account)
                        .thenComparing(it -> it.amount().currency()))
                .toList();
    }

    private static Posting balance(Document sum) {
        Document of = sum.get("_id", Document.class);
        BigDecimal amount = sum.get("amount", Decimal128.class).bigDecimalValue();
        return new Posting(of.getString("account"), new Money(amount, of.getString("currency")));
    }

    private static List<Criteria> seen(Sight sight) {
        List<Criteria> all = new ArrayList<>();
        if (!sight.everything()) all.add(where("funder").in(sight.funders()));
        return all;
    }

    private static Criteria after(String place) {
        int between = place.indexOf(BETWEEN);
        if (!place.matches("[0-9]{1,15}[|].+")) throw new Invalid("after", "This is not the 'next' of a page.");
        Instant at = Instant.ofEpochMilli(Long.parseLong(place.substring(0, between)));
        return new Criteria()
                .orOperator(where("at").gt(at), where("at").is(at).and("_id").gt(place.substring(between + 1)));
    }
}
