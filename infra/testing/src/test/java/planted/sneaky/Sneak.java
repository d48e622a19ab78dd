package planted.sneaky;

import planted.parts.Aggregate;
import planted.parts.MongoOperations;

final class Sneak {

    private final MongoOperations mongo;

    Sneak(MongoOperations mongo) {
        this.mongo = mongo;
    }

    void store(Aggregate aggregate) {
        mongo.save(aggregate);
    }
}
