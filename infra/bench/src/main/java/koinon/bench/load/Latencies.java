package koinon.bench.load;

import koinon.bench.row.Figure;
import org.HdrHistogram.Histogram;

/// How long something took, over many times; all in milliseconds.
///
/// @param count how many times
public record Latencies(long count, double p50, double p99, double max) {

    /// @param nanoseconds as they were recorded
    public static Latencies of(Histogram nanoseconds) {
        return new Latencies(
                nanoseconds.getTotalCount(),
                nanoseconds.getValueAtPercentile(50) / 1e6,
                nanoseconds.getValueAtPercentile(99) / 1e6,
                nanoseconds.getMaxValue() / 1e6);
    }

    public Figure median() {
        return Figure.milliseconds(p50);
    }

    public Figure slowestOfAHundred() {
        return Figure.milliseconds(p99);
    }
}
