package planted.writer;

import planted.parts.MongoOperations;

final class Shortcut {

    private final MongoOperations mongo;

    Shortcut(MongoOperations mongo) {
        this.mongo = mongo;
    }

    void store(Object document) {
        mongo.save(document);
    }
}
