package koinon.eventing.document;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.MongoPersistentEntityIndexResolver;
import org.springframework.data.mongodb.core.mapping.BasicMongoPersistentEntity;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoPersistentEntity;

/// Creates the declared indexes. It fails while the database is not available; a worker repeats it, so that it delays
/// nothing else.
final class Indexes {

    private final MongoTemplate mongo;

    Indexes(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    /// @return nothing, because nothing is left to do
    @Nullable
    Duration createAll() {
        mongo.getConverter().getMappingContext().getPersistentEntities().stream()
                .filter(it -> it.isAnnotationPresent(Document.class))
                .forEach(this::create);
        return null;
    }

    private void create(MongoPersistentEntity<?> entity) {
        var resolver =
                new MongoPersistentEntityIndexResolver(mongo.getConverter().getMappingContext());
        if (entity instanceof BasicMongoPersistentEntity<?>)
            resolver.resolveIndexFor(entity.getTypeInformation())
                    .forEach(it -> mongo.indexOps(entity.getCollection()).createIndex(it));
    }
}
