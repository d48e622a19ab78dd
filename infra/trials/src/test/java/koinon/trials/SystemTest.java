package koinon.trials;

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
import koinon.trials.act.Act;
import koinon.trials.launched.Launched;
import koinon.trials.scene.City;
import koinon.trials.scene.Plot;
import koinon.trials.world.Story;
import koinon.trials.world.World;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything as processes of their own, played over HTTP, while a service, the gateway and the broker are killed.
@Tag("parts")
class SystemTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_acknowledged_is_there_once_whatever_was_killed_meanwhile() throws Exception {
        Path told = folder.resolve("story.txt");
        try (Launched koinon = Launched.in(folder.resolve("home"));
                World world = new World(koinon.gateway(), koinon.issuer());
                PrintStream out = new PrintStream(Files.newOutputStream(told), true, StandardCharsets.UTF_8)) {
            Story story = new Story(world, out, Duration.ofSeconds(90));
            Plot plot = new Plot();
            List<Act> acts = Act.all(world, story, plot);
            List<String> victims = List.of("projects", "gateway", "broker", "funding");
            try (Writers writers = new Writers(world)) {
                int victim = 0;
                for (Act act : acts) {
                    story.act(act.title());
                    if (plot.jointCall.isEmpty() || victim == victims.size()) act.play();
                    else {
                        writers.startOnce(plot.jointCall, City.BATTAMBANG, City.KUALA_LUMPUR);
                        String name = victims.get(victim++);
                        CompletableFuture<Void> fault = in(Duration.ofMillis(300), () -> {
                            koinon.kill(name);
                            koinon.restart(name);
                            return null;
                        });
                        act.play();
                        fault.get(3, TimeUnit.MINUTES);
                    }
                }
                writers.findEverythingOnce();
                assertThat(writers.count()).isGreaterThan(10);
            }
            story.sumUp();
            assertThat(story.broken()).as(() -> read(told) + koinon.said()).isEmpty();
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
