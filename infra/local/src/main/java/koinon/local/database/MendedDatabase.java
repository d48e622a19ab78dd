package koinon.local.database;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import java.util.List;
import org.h2.mvstore.MVStore;

/// One database of the stand-in, with indexes and collections that do what MongoDB's do.
final class MendedDatabase extends H2Database {

    private final MVStore store;

    MendedDatabase(String name, MVStore store, CursorRegistry cursors) {
        // Before super: its constructor opens what is stored, and so calls the methods below.
        this.store = store;
        super(name, store, cursors);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        return new NarrowedIndex(super.openOrCreateUniqueIndex(collection, name, keys, sparse), sparse);
    }

    /// The names of the maps are those of the class above, so that a file is read by either.
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
