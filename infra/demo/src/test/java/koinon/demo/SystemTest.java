package koinon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import koinon.demo.client.RunningKoinon;
import koinon.demo.client.ScenarioReport;
import koinon.demo.launched.LaunchedSystem;
import koinon.demo.scenario.Scenario;
import koinon.demo.steps.City;
import koinon.demo.steps.ScenarioState;
import koinon.testing.time.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything as processes of their own, played over HTTP, while a service, the gateway and the broker are killed.
@Tag("parts")
@Tag("restarts")
class SystemTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_acknowledged_is_there_once_whatever_was_killed_meanwhile() throws Exception {
        Path log = folder.resolve("story.txt");
        try (LaunchedSystem koinon = LaunchedSystem.in(folder.resolve("home"));
                RunningKoinon world = new RunningKoinon(koinon.gateway(), koinon.issuer());
                PrintStream out = new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
            ScenarioReport report = new ScenarioReport(world, out, Patience.LONGEST.multipliedBy(2));
            ScenarioState state = new ScenarioState();
            List<Scenario> scenarios = Scenario.all(world, report, state);
            List<String> targets = List.of("projects", "gateway", "broker", "funding");
            try (Writers writers = new Writers(world)) {
                int target = 0;
                for (Scenario scenario : scenarios) {
                    report.scenario(scenario.title());
                    if (state.jointCall.isEmpty() || target == targets.size()) scenario.play();
                    else {
                        writers.startOnce(state.jointCall, City.BATTAMBANG, City.KUALA_LUMPUR);
                        String name = targets.get(target++);
                        CompletableFuture<Void> fault = in(Duration.ofMillis(300), () -> {
                            koinon.kill(name);
                            koinon.restart(name);
                            return null;
                        });
                        scenario.play();
                        fault.get(3L * Patience.millis(), TimeUnit.MILLISECONDS);
                    }
                }
                writers.findEverythingOnce();
                assertThat(writers.count()).isGreaterThan(10);
            }
            report.sumUp();
            assertThat(report.broken()).as(() -> read(log) + koinon.said()).isEmpty();
        }
    }

    private static CompletableFuture<Void> in(Duration delay, Callable<Void> what) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        what.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
