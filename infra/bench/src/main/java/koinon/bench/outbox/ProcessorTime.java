package koinon.bench.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// The processor time that each process spends on some work. It says where the work is, also on a machine that does
/// other work at the same time.
final class ProcessorTime {

    private final Map<String, Long> processes;
    private final Map<String, Duration> spent = new HashMap<>();

    /// @param processes their ids, by what they are
    ProcessorTime(Map<String, Long> processes) {
        this.processes = processes;
    }

    /// Does the work and adds what each process spent meanwhile.
    <T> T during(Callable<T> work) throws Exception {
        Map<String, Duration> before = now();
        T result = work.call();
        now().forEach((name, after) ->
                spent.merge(name, after.minus(before.getOrDefault(name, Duration.ZERO)), Duration::plus));
        return result;
    }

    private Map<String, Duration> now() {
        var now = new HashMap<String, Duration>();
        processes.forEach((name, pid) -> ProcessHandle.of(pid)
                .flatMap(it -> it.info().totalCpuDuration())
                .ifPresent(it -> now.put(name, it)));
        return now;
    }

    /// For one of so many: `1.25 ms (service 0.70, database 0.55)`.
    String each(int count) {
        double all = spent.values().stream()
                .mapToDouble(it -> milliseconds(it, count))
                .sum();
        return spent.entrySet().stream()
                .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
                .map(it -> String.format(Locale.ROOT, "%s %.2f", it.getKey(), milliseconds(it.getValue(), count)))
                .collect(Collectors.joining(", ", String.format(Locale.ROOT, "%.2f ms (", all), ")"));
    }

    private static double milliseconds(Duration all, int count) {
        return all.toNanos() / 1e6 / count;
    }
}
