package koinon.bench.outbox;

import java.util.stream.Stream;
import koinon.bench.row.Row;

/// What is measured of the outbox.
public final class OutboxRows {

    private OutboxRows() {}

    public static Stream<Row> all() {
        return Stream.of(new DeliveryRow(), new ThroughputRow(), new DrainRow());
    }
}
