package koinon.funding.ledger;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import koinon.funding.funder.Sight;
import koinon.platform.model.Invalid;
import koinon.platform.web.Page;
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

/// All money events as double entries. Nothing in it is ever changed; it can be dropped and listed anew from the
/// topic.
@Repository
class Ledger {

    private static final char BETWEEN = '|';

    private final MongoOperations mongo;

    Ledger(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /// Lists entries unless they are there already.
    void list(List<Entry> entries) {
        try {
            mongo.insertAll(entries);
        } catch (DataIntegrityViolationException _) {
            entries.forEach(this::list);
        }
    }

    private void list(Entry entry) {
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
        List<Criteria> all = wanted(account, sight);
        if (wanted.after() != null) all.add(after(wanted.after()));
        return mongo.find(allOf(all).with(Sort.by("at", "_id")).limit(wanted.fetch()), Entry.class);
    }

    /// What has postings to such accounts and may be seen.
    static List<Criteria> wanted(@Nullable String account, Sight sight) {
        List<Criteria> all = new ArrayList<>();
        if (!sight.everything()) all.add(where("funder").in(sight.funders()));
        if (account != null) all.add(where("postings.account").regex("^" + account));
        return all;
    }

    static Query allOf(List<Criteria> several) {
        return several.isEmpty() ? new Query() : new Query(new Criteria().andOperator(several));
    }

    private static Criteria after(String place) {
        int between = place.indexOf(BETWEEN);
        if (!place.matches("[0-9]{1,15}[|].+")) throw new Invalid("after", "This is not the 'next' of a page.");
        Instant at = Instant.ofEpochMilli(Long.parseLong(place.substring(0, between)));
        return new Criteria()
                .orOperator(where("at").gt(at), where("at").is(at).and("_id").gt(place.substring(between + 1)));
    }
}
