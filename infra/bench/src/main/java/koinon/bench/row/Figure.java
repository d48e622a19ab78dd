package koinon.bench.row;

import java.time.Duration;
import java.util.Locale;

/// A measured number with its unit.
///
/// @param unit `/s`, `ms`, `s`, `MB`, ...
public record Figure(double value, String unit) {

    public static Figure perSecond(double value) {
        return new Figure(value, "/s");
    }

    public static Figure milliseconds(double value) {
        return new Figure(value, "ms");
    }

    public static Figure seconds(Duration duration) {
        return new Figure(duration.toNanos() / 1e9, "s");
    }

    /// 64,210 /s; 4.71 ms.
    @Override
    public String toString() {
        String number = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, number + " %s", value, unit);
    }
}
