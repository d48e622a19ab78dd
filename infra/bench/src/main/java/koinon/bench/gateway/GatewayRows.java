package koinon.bench.gateway;

import java.util.stream.Stream;
import koinon.bench.row.Row;

/// What is measured at the gateway.
public final class GatewayRows {

    private GatewayRows() {}

    public static Stream<Row> all() {
        return Stream.of(
                new StatusReadRow(),
                new ProxiedReadRow(),
                new CommandRow(),
                new StreamRow(),
                new SizesRow(),
                new RebuildRow(),
                new StartRow());
    }
}
