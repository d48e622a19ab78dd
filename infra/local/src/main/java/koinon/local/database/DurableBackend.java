package koinon.local.database;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.MVStore;

/// Answers a write only when the file has it whole, so that `kill -9` loses nothing that was acknowledged.
///
/// One write at a time: a commit takes along whatever is in the store, and half of another write must not be there.
final class DurableBackend extends H2Backend {

    private static final Set<String> READS = Set.of(
            "find",
            "getmore",
            "killcursors",
            "count",
            "distinct",
            "ismaster",
            "hello",
            "ping",
            "buildinfo",
            "serverstatus",
            "listcollections",
            "listdatabases",
            "listindexes",
            "dbstats",
            "collstats",
            "endsessions");
    private static final int MEGABYTE = 1024 * 1024;
    private static final int COMMITS_PER_COMPACTION = 2_000;

    private final ReentrantLock writing = new ReentrantLock();
    private int commits;

    private DurableBackend(MVStore store) {
        super(store);
    }

    static DurableBackend keepingNothing() {
        return new DurableBackend(MVStore.open(null));
    }

    static DurableBackend keepingIn(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .cacheSize(32)
                .open();
        // A chunk is free as soon as nothing in it is current: there is no older version that anyone would read.
        store.setRetentionTime(0);
        store.setVersionsToKeep(0);
        return new DurableBackend(store);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new MendedDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        String command = message.getDocument().keySet().iterator().next();
        if (READS.contains(command.toLowerCase(Locale.ROOT))) return super.handleMessage(message);
        writing.lock();
        try {
            return super.handleMessage(message);
        } finally {
            commitAndTidy();
            writing.unlock();
        }
    }

    private void commitAndTidy() {
        commit();
        if (!isInMemory() && ++commits % COMMITS_PER_COMPACTION == 0)
            getMvStore().compact(50, 4 * MEGABYTE);
    }

    @Override
    public void close() {
        writing.lock();
        try {
            super.close();
        } finally {
            writing.unlock();
        }
    }
}
