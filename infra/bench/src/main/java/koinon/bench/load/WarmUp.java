package koinon.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/// Load before it counts, in windows, until the rate is steady: the last windows differ by a few percent at most.
/// A fixed time would be too short on a slow machine, where the JIT compilers take minutes.
///
/// @param seconds how long it took
/// @param steady false if the rate still changed after the longest time
public record WarmUp(int seconds, boolean steady) {

    static final Duration LONGEST = Duration.ofSeconds(90);
    static final int WINDOW = 3;

    private static final int WINDOWS = 4;
    private static final double TOLERANCE = 0.05;

    /// Measures a rate.
    @FunctionalInterface
    interface Measurement {
        double perSecond(int seconds) throws IOException, InterruptedException;
    }

    static WarmUp until(Measurement measurement) throws IOException, InterruptedException {
        List<Double> rates = new ArrayList<>();
        for (int seconds = WINDOW; ; seconds += WINDOW) {
            rates.add(measurement.perSecond(WINDOW));
            if (isSteady(rates)) return new WarmUp(seconds, true);
            if (seconds >= LONGEST.toSeconds()) return new WarmUp(seconds, false);
        }
    }

    private static boolean isSteady(List<Double> rates) {
        if (rates.size() < WINDOWS) return false;
        DoubleSummaryStatistics last = rates.subList(rates.size() - WINDOWS, rates.size()).stream()
                .mapToDouble(it -> it)
                .summaryStatistics();
        return last.getMax() - last.getMin() <= TOLERANCE * last.getAverage();
    }

    @Override
    public String toString() {
        return steady ? "rate steady after " + seconds + " s" : "rate not steady after " + seconds + " s";
    }
}
