package koinon.local.database;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;

/// Answers a write only after the file contains it, so that `kill -9` loses no acknowledged write.
///
/// Writes are serialized: a commit includes everything in the store, so it must not include half of another write. An
/// unordered bulk of updates is many writes, so that others need not wait for all of it.
final class DurableBackend extends H2Backend {

    private static final Set<String> READS = Set.of(
            "find",
            "getmore",
            "killcursors",
            "count",
            "distinct",
            "ismaster",
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

    /// The updates of one bulk between which other writes have their turn.
    private static final int PORTION = 20;

    private final ReentrantLock writing = new ReentrantLock(true);
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
        // A chunk is free as soon as it contains nothing current: nobody reads older versions.
        store.setRetentionTime(0);
        store.setVersionsToKeep(0);
        return new DurableBackend(store);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new PatchedMongoDatabase(name, getMvStore(), getCursorRegistry());
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        String command = message.getDocument().keySet().iterator().next();
        if (command.equalsIgnoreCase("hello")) return hello(message);
        if (READS.contains(command.toLowerCase(Locale.ROOT))) return super.handleMessage(message);
        return message.getDocument().get("updates") instanceof List<?> updates
                        && Boolean.FALSE.equals(message.getDocument().get("ordered"))
                ? writeInPortions(message, updates)
                : write(message);
    }

    private Document writeInPortions(MongoMessage bulk, List<?> updates) {
        Document answer = new Document();
        for (int from = 0; from < updates.size(); from += PORTION) {
            bulk.getDocument().put("updates", updates.subList(from, Math.min(from + PORTION, updates.size())));
            add(write(bulk), from, answer);
        }
        return answer;
    }

    /// Adds the answer of a portion, in which updates have their index in the portion.
    private static void add(Document portion, int from, Document answer) {
        portion.forEach((name, value) -> {
            switch (value) {
                case Integer number -> answer.merge(name, number, (sum, it) -> (Integer) sum + (Integer) it);
                case Collection<?> results -> {
                    results.forEach(it -> ((Document) it).merge("index", from, (index, _) -> (Integer) index + from));
                    answer.merge(
                            name,
                            results,
                            (all, some) -> Stream.of((Collection<?>) all, (Collection<?>) some)
                                    .flatMap(Collection::stream)
                                    .toList());
                }
                default -> answer.put(name, value);
            }
        });
    }

    private Document write(MongoMessage message) {
        writing.lock();
        try {
            return super.handleMessage(message);
        } finally {
            commitAndTidy();
            writing.unlock();
        }
    }

    /// Since MongoDB 5, `ismaster` is called `hello`.
    private Document hello(MongoMessage message) {
        Object database = message.getDocument().get("$db");
        message.getDocument().clear();
        message.getDocument().append("ismaster", 1).append("$db", database);
        return super.handleMessage(message).append("isWritablePrimary", true);
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
