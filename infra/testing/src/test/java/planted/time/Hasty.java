package planted.time;

import java.time.Instant;
import planted.parts.Aggregate;

final class Hasty extends Aggregate {

    private Instant since = Instant.EPOCH;

    void start() {
        since = Instant.now();
    }

    Instant since() {
        return since;
    }
}
