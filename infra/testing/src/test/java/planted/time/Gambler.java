package planted.time;

import java.util.UUID;
import java.util.function.Supplier;
import planted.parts.Aggregate;

final class Gambler extends Aggregate {

    private String id = "";

    void start() {
        Supplier<UUID> source = UUID::randomUUID;
        id = source.get().toString();
    }

    String name() {
        return id;
    }
}
