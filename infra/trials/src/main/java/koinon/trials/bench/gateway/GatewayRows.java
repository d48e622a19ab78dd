package koinon.trials.bench.gateway;

import java.util.stream.Stream;
import koinon.trials.bench.row.Row;

/// What is measured at the gateway.
public final class GatewayRows {

    private GatewayRows() {}

    public static Stream<Row> all() {
        return Stream.of(
                new StatusRead(),
                new ProxiedRead(),
                new Commands(),
                new StreamRow(),
                new Sizes(),
                new Rebuild(),
                new Start());
    }
}
