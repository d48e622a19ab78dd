package koinon.local.database;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection whose stored documents never change: readers get copies. It finds a range of `_id` in the order of
/// its map.
///
/// mongo-java-server updates a stored document in place while another thread still writes it to a reader or to the
/// file, so a reader could see a new version with old fields. Here an update changes a copy and then replaces the
/// document.
final class CopyingCollection extends H2Collection {

    private final MVMap<Object, Document> documents;

    CopyingCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> facts,
            CursorRegistry cursors) {
        super(database, name, options, documents, facts, cursors);
        this.documents = documents;
    }

    @Override
    protected QueryResult matchDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
        return query.get("_id") instanceof Document range && range.get("$gt") instanceof String after
                ? matchDocumentsFromStream(
                        texts(after, range),
                        query,
                        isAscending(orderBy) ? null : orderBy,
                        skip,
                        limit,
                        batchSize,
                        fields)
                : super.matchDocuments(query, orderBy, skip, limit, batchSize, fields);
    }

    /// The documents from this `_id` to the end of the range, in order; text sorts before all other types.
    private Stream<Document> texts(String from, Document range) {
        var ids = Spliterators.spliteratorUnknownSize(documents.keyIterator(from), Spliterator.ORDERED);
        return StreamSupport.stream(ids, false)
                .takeWhile(it -> it instanceof String id && isBefore(id, range))
                .map(documents::get)
                .filter(Objects::nonNull);
    }

    private static boolean isBefore(String id, Document range) {
        return !(range.get("$lt") instanceof String end && id.compareTo(end) >= 0)
                && !(range.get("$lte") instanceof String last && id.compareTo(last) > 0);
    }

    private static boolean isAscending(@Nullable Document orderBy) {
        return orderBy != null
                && orderBy.keySet().equals(Set.of("_id"))
                && orderBy.get("_id") instanceof Number order
                && order.intValue() == 1;
    }

    @Override
    protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
        return super.createQueryResult(
                matched.stream().map(Document::cloneDeeply).toList(), batchSize);
    }
}
