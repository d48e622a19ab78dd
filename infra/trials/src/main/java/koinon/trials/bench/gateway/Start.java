package koinon.trials.bench.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import koinon.trials.bench.row.Figure;
import koinon.trials.bench.row.Ground;
import koinon.trials.bench.row.Line;
import koinon.trials.bench.row.Row;
import koinon.trials.launched.Launched;

/// From `./koinon up` to the first answered status, and the memory that everything then takes.
final class Start implements Row {

    /// As `./koinon up` is: nobody is compiled twice.
    private static final Map<String, String> SETTINGS = Map.of("KOINON_OPTIMISED", "");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Line> measure(Ground ground) throws Exception {
        ground.say("once, so that every process has written down its classes");
        ground.launch("start", SETTINGS).close();
        ground.say("again, on an empty folder");
        long begin = System.nanoTime();
        try (Launched system = ground.launch("start", SETTINGS)) {
            Stage.read(system.gateway().resolve("/api/v1/status/projects"), "");
            Duration first = Duration.ofNanos(System.nanoTime() - begin);
            var memory = proportional(system);
            return List.of(
                    Line.of("./koinon up -> first answered status", Figure.seconds(first))
                            .below(20)
                            .noting("not the first start after a build"),
                    Line.of("memory of all processes, the launcher among them", memory)
                            .below(1536)
                            .noting("resident, pages that processes share counted once (PSS), right after the start"));
        }
    }

    private static Figure proportional(Launched system) throws IOException {
        long kilobytes = 0;
        for (long pid : system.processes().values())
            kilobytes += Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                    .filter(it -> it.startsWith("Pss:"))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("[^0-9]", "")))
                    .sum();
        return new Figure(kilobytes / 1024.0, "MB");
    }
}
