package koinon.bench.web;

import java.util.stream.Stream;
import koinon.bench.row.Row;

/// What is measured of the web application.
public final class WebRows {

    private WebRows() {}

    public static Stream<Row> all() {
        return Stream.of(new PagesRow(), new StreamsRow());
    }
}
