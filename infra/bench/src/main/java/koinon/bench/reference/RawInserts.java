package koinon.bench.reference;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import koinon.bench.row.Job;
import org.bson.Document;

/// Inserts a document that a service has stored again and again, under new ids, from several threads.
public final class RawInserts implements Job<RawInserts.Plan, RawInserts.Result> {

    /// @param id of the document to insert again
    /// @param threads each inserts when its last insert is answered
    public record Plan(
            String uri, String database, String collection, String id, int threads, int warmUp, int seconds) {}

    public record Result(double perSecond) {}

    @Override
    public Result on(Plan plan) throws Exception {
        try (var client = MongoClients.create(plan.uri());
                var threads = Executors.newFixedThreadPool(plan.threads())) {
            var stored = Objects.requireNonNull(
                    client.getDatabase(plan.database())
                            .getCollection(plan.collection())
                            .find(new Document("_id", plan.id()))
                            .first(),
                    plan.id());
            var database =
                    client.getDatabase("bench_" + UUID.randomUUID().toString().replace("-", ""));
            try {
                var inserting = new ArrayList<Callable<Long>>();
                for (int thread = 0; thread < plan.threads(); thread++)
                    inserting.add(() -> insert(database.getCollection("copies"), stored, plan));
                long inserted = 0;
                for (Future<Long> one : threads.invokeAll(inserting)) inserted += one.get();
                return new Result(inserted / (double) plan.seconds());
            } finally {
                database.drop();
            }
        }
    }

    private static long insert(MongoCollection<Document> into, Document stored, Plan plan) {
        long counted = System.nanoTime() + plan.warmUp() * 1_000_000_000L;
        long end = counted + plan.seconds() * 1_000_000_000L;
        long inserted = 0;
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            var copy = new Document(stored);
            copy.put("_id", UUID.randomUUID().toString());
            into.insertOne(copy);
            if (now >= counted) inserted++;
        }
        return inserted;
    }
}
