package koinon.local.database;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;

/// A collection whose stored documents never change: what leaves it is a copy.
///
/// The stand-in updates a stored document in place while another thread still writes it to a reader or to the file, so
/// a reader could see a new version with old fields. An update now changes its own copy and then replaces the document.
final class CopyingCollection extends H2Collection {

    CopyingCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> facts,
            CursorRegistry cursors) {
        super(database, name, options, documents, facts, cursors);
    }

    @Override
    protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
        return super.createQueryResult(
                matched.stream().map(Document::cloneDeeply).toList(), batchSize);
    }
}
