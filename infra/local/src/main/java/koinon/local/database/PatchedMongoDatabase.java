package koinon.local.database;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import java.util.List;
import org.h2.mvstore.MVStore;

/// One database of mongo-java-server, with indexes and collections that behave like MongoDB's.
final class PatchedMongoDatabase extends H2Database {

    private final MVStore store;

    PatchedMongoDatabase(String name, MVStore store, CursorRegistry cursors) {
        // Before super, because its constructor opens the stored collections and so calls the methods below.
        this.store = store;
        super(name, store, cursors);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        return new NarrowedIndex(super.openOrCreateUniqueIndex(collection, name, keys, sparse), sparse);
    }

    /// The names of the maps equal those of the superclass, so that both can read a file.
    @Override
    protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
        String fullName = getDatabaseName() + "." + name;
        return new CopyingCollection(
                this,
                name,
                options,
                store.openMap("databases." + fullName),
                store.openMap("meta." + fullName),
                cursorRegistry);
    }
}
