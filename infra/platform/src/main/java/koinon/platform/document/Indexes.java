package koinon.platform.document;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.MongoPersistentEntityIndexResolver;
import org.springframework.data.mongodb.core.mapping.BasicMongoPersistentEntity;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;

/// Creates the indexes that documents declare, at start and as often as it takes: a database that is away delays them
/// and stops nothing.
final class Indexes implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

    private final MongoTemplate mongo;
    private volatile boolean running;

    Indexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("indexes").start(this::createAll);
    }

    private void createAll() {
        while (running) {
            try {
                mongo.getConverter().getMappingContext().getPersistentEntities().stream()
                        .filter(it -> it.isAnnotationPresent(Document.class))
                        .forEach(this::create);
                return;
            } catch (RuntimeException e) {
                // Whatever it is: a later try finds the database back, or an operator has mended it.
                if (running) LOG.warn("Indexes are not there yet: {}", e.toString());
                pause();
            }
        }
    }

    private void create(MongoPersistentEntity<?> entity) {
        var resolver =
                new MongoPersistentEntityIndexResolver(mongo.getConverter().getMappingContext());
        if (entity instanceof BasicMongoPersistentEntity<?>)
            resolver.resolveIndexFor(entity.getTypeInformation())
                    .forEach(it -> mongo.indexOps(entity.getCollection()).createIndex(it));
    }

    private void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException _) {
            running = false;
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
