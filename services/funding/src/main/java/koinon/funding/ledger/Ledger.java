package koinon.funding.ledger;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.rule.ValidationFailed;
import koinon.funding.funder.FundingVisibility;
import koinon.http.page.Page;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/// All money events as double entries. Entries are immutable; the ledger can be dropped and rebuilt from the topic.
@Repository
class Ledger {

    private static final char BETWEEN = '|';

    private final MongoOperations mongo;

    Ledger(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Stores entries that are not stored yet.
    void list(List<LedgerEntry> entries) {
        try {
            mongo.insertAll(entries);
        } catch (DataIntegrityViolationException _) {
            entries.forEach(this::list);
        }
    }

    private void list(LedgerEntry entry) {
        try {
            mongo.insert(entry);
        } catch (DuplicateKeyException _) {
            // The event was redelivered; its entry exists and is immutable.
        }
    }

    /// The stored entries with these ids.
    List<LedgerEntry> find(Collection<String> ids) {
        return mongo.find(
                new BasicQuery(new Document("_id", new Document("$in", List.copyOf(ids)))), LedgerEntry.class);
    }

    /// The ids of all entries; the caller closes the stream.
    Stream<String> ids() {
        return mongo.stream(new BasicQuery(new Document(), new Document("_id", 1)), Document.class, "ledger")
                .map(it -> it.getString("_id"));
    }

    /// The sort key of an entry: time, then event id.
    static String sortKeyOf(LedgerEntry entry) {
        return entry.at().toEpochMilli() + "" + BETWEEN + entry.id();
    }

    /// @param account only entries that touch an account with this prefix; absent: all
    List<LedgerEntry> entries(@Nullable String account, FundingVisibility visibility, Page.Wanted wanted) {
        List<Criteria> all = wanted(account, visibility);
        if (wanted.after() != null) all.add(after(wanted.after()));
        return mongo.find(allOf(all).with(Sort.by("at", "_id")).limit(wanted.fetch()), LedgerEntry.class);
    }

    /// Criteria for documents that touch such accounts and that the caller may see.
    static List<Criteria> wanted(@Nullable String account, FundingVisibility visibility) {
        List<Criteria> all = new ArrayList<>();
        if (!visibility.everything()) all.add(where("funder").in(visibility.funders()));
        if (account != null) all.add(where("postings.account").regex("^" + account));
        return all;
    }

    static Query allOf(List<Criteria> several) {
        return several.isEmpty() ? new Query() : new Query(new Criteria().andOperator(several));
    }

    private static Criteria after(String place) {
        int between = place.indexOf(BETWEEN);
        if (!place.matches("[0-9]{1,15}[|].+"))
            throw new ValidationFailed("after", "validation.next", "This is not the 'next' of a page.");
        Instant at = Instant.ofEpochMilli(Long.parseLong(place.substring(0, between)));
        return new Criteria()
                .orOperator(where("at").gt(at), where("at").is(at).and("_id").gt(place.substring(between + 1)));
    }
}
