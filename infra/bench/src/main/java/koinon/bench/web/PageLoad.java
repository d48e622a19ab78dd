package koinon.bench.web;

import java.util.Comparator;
import java.util.List;
import koinon.bench.row.Figure;

/// One load of a page with a cold cache.
///
/// @param bytes over the wire, heads and bodies of all answers
/// @param content milliseconds from the start of the navigation until the page shows its content and nothing is
///     pending
record PageLoad(long bytes, int requests, double content) {

    /// Of several loads of one page, the one with the median time.
    static PageLoad median(List<PageLoad> loads) {
        return loads.stream()
                .sorted(Comparator.comparingDouble(PageLoad::content))
                .toList()
                .get(loads.size() / 2);
    }

    Figure weight() {
        return new Figure(bytes / 1_000.0, "kB");
    }

    Figure timeToContent() {
        return Figure.milliseconds(content);
    }
}
