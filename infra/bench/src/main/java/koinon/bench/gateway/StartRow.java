package koinon.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import koinon.bench.row.BenchEnvironment;
import koinon.bench.row.Figure;
import koinon.bench.row.ResultLine;
import koinon.bench.row.Row;
import koinon.demo.launched.LaunchedSystem;

/// From `./koinon up` to the first answered status, and the memory that everything then takes.
final class StartRow implements Row {

    /// As `./koinon up` is: nobody is compiled twice.
    private static final Map<String, String> SETTINGS = Map.of("KOINON_OPTIMISED", "");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<ResultLine> measure(BenchEnvironment environment) throws Exception {
        environment.say("everything, on an empty folder");
        long begin = System.nanoTime();
        try (LaunchedSystem system = environment.launch("start", SETTINGS)) {
            DemoSystem.read(system.gateway().resolve("/api/v1/status/projects"), "");
            Duration first = Duration.ofNanos(System.nanoTime() - begin);
            Figure work = Figure.seconds(processorTime(system));
            var memory = proportional(system);
            return List.of(
                    ResultLine.of("./koinon up -> first answered status", Figure.seconds(first))
                            .below(20)
                            .noting("with the caches that ./koinon writes after a build"),
                    ResultLine.of("processor time of all processes until then", work)
                            .below(28 * 0.75)
                            .noting("the aim is three quarters of what it was before the beans came from the build"),
                    ResultLine.of("memory of all processes, the launcher among them", memory)
                            .below(1536)
                            .noting("resident, pages that processes share counted once (PSS), right after the start"));
        }
    }

    private static Duration processorTime(LaunchedSystem system) {
        return system.processes().values().stream()
                .flatMap(it -> ProcessHandle.of(it).stream())
                .flatMap(it -> it.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Figure proportional(LaunchedSystem system) throws IOException {
        long kilobytes = 0;
        for (long pid : system.processes().values())
            kilobytes += Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                    .filter(it -> it.startsWith("Pss:"))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("[^0-9]", "")))
                    .sum();
        return new Figure(kilobytes / 1024.0, "MB");
    }
}
