package koinon.local.database;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A unique index that also serves filters on more fields than its keys.
///
/// mongo-java-server uses an index only for filters on exactly its keys, and scans the collection for any other.
/// This index answers for the conditions on its keys, at the top level of the filter or in its `$and`; the
/// collection then matches the documents against the whole filter.
final class NarrowedIndex extends Index<Object> {

    private final Index<Object> index;

    NarrowedIndex(Index<Object> index, boolean sparse) {
        super(index.getName(), index.getKeys(), sparse);
        this.index = index;
    }

    @Override
    public boolean canHandle(Document query) {
        Document narrowed = narrowed(query);
        return narrowed != null && index.canHandle(narrowed);
    }

    @Override
    public Iterable<Object> getPositions(Document query) {
        Document narrowed = narrowed(query);
        if (narrowed == null) throw new IllegalArgumentException(this + " cannot handle " + query);
        return index.getPositions(narrowed);
    }

    /// The conditions of the filter on the keys, or null if one key has none.
    private @Nullable Document narrowed(Document query) {
        var narrowed = new Document();
        for (String key : keys()) {
            Object wanted = wanted(query, key);
            if (wanted == null) return null;
            narrowed.put(key, wanted);
        }
        return narrowed;
    }

    private static @Nullable Object wanted(Document query, String key) {
        Object wanted = query.get(key);
        if (wanted instanceof Document condition && condition.keySet().equals(Set.of("$eq")))
            return condition.get("$eq");
        if (wanted != null || !(query.get("$and") instanceof List<?> conditions)) return wanted;
        return conditions.stream()
                .map(condition -> condition instanceof Document document ? wanted(document, key) : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Object getPosition(Document document) {
        return index.getPosition(document);
    }

    @Override
    public Set<KeyValue> getKeyValues(Document document) {
        return index.getKeyValues(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        index.checkAdd(document, collection);
    }

    @Override
    public void add(Document document, Object position, MongoCollection<Object> collection) {
        index.add(document, position, collection);
    }

    @Override
    public Object remove(Document document) {
        return index.remove(document);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        index.checkUpdate(before, after, collection);
    }

    @Override
    public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
        index.updateInPlace(before, after, position, collection);
    }

    @Override
    public long getCount() {
        return index.getCount();
    }

    @Override
    public long getDataSize() {
        return index.getDataSize();
    }

    @Override
    public boolean isUnique() {
        return index.isUnique();
    }

    @Override
    public void drop() {
        index.drop();
    }
}
