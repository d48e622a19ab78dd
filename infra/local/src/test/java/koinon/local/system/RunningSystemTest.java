package koinon.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import koinon.local.process.CannotStart;
import koinon.local.process.ManagedProcess;
import koinon.local.process.Ports;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("parts")
class RunningSystemTest {

    private static final Duration PATIENCE =
            Duration.ofSeconds(60).multipliedBy(Integer.getInteger("test.patience", 1));

    @TempDir
    Path folder;

    /// A minute.
    private int restarts;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void everything_starts_in_waves_and_stops_in_reverse() throws Exception {
        try (var _ = home().lock();
                var system = system(serving("broker"), serving("cities"))) {
            system.start();

            assertThat(ProcessTable.read(home()))
                    .extracting(ProcessTable.Entry::name)
                    .containsExactly("broker", "cities");
            assertThat(ProcessTable.read(home())).allMatch(ProcessTable.Entry::runs);
        }
        assertThat(screen()).containsSubsequence("✔ broker", "✔ cities", "cities stopped", "broker stopped");
        assertThat(ProcessTable.read(home())).isEmpty();
    }

    @Test
    void what_dies_while_it_starts_is_refused_with_the_end_of_its_log() {
        try (var _ = home().lock();
                var system = system(serving("broker"), dying("cities"))) {
            assertThatThrownBy(system::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("cities ended while it started")
                    .hasMessageContaining("I cannot find my way");
        }
        assertThat(screen()).contains("broker stopped");
    }

    @Test
    @Tag("restarts")
    void what_dies_later_is_reported_with_the_end_of_its_log_and_the_others_go_on() throws Exception {
        try (var _ = home().lock();
                var system = system(serving("cities"), serving("projects"))) {
            system.start();
            Thread watch = watch(system);

            kill("cities");
            await(() -> screen().contains("✘ cities"));

            assertThat(screen()).contains("exit code 137", "I serve", "./koinon restart cities");
            assertThat(entry("projects").runs()).isTrue();
            assertThat(watch.isAlive()).isTrue();
        }
    }

    @Test
    @Tag("restarts")
    void what_dies_is_started_again_three_times_a_minute_and_not_more_often() throws Exception {
        restarts = 3;
        try (var _ = home().lock();
                var system = system(serving("cities"), serving("projects"))) {
            system.start();
            watch(system);
            for (int n = 1; n <= 3; n++) {
                int count = n;
                kill("cities");
                await(() ->
                        entry("cities").restarts() == count && entry("cities").runs());
                await(() -> screen().split("✔ cities", -1).length == count + 2);
            }
            assertThat(screen()).contains("it is started again", "I serve");

            kill("cities");
            await(() -> screen().contains("too often within a minute"));

            assertThat(screen()).contains("./koinon restart cities");
            assertThat(entry("cities").runs()).isFalse();
            assertThat(entry("projects").restarts()).isZero();
        }
    }

    @Test
    @Tag("restarts")
    void a_process_that_was_killed_is_restarted_on_request() throws Exception {
        try (var _ = home().lock();
                var system = system(serving("cities"))) {
            system.start();
            watch(system);
            long before = entry("cities").pid();
            kill("cities");

            new LauncherRequests(home()).restart("cities", Map.of(), PATIENCE);

            assertThat(entry("cities").runs()).isTrue();
            assertThat(entry("cities").pid()).isNotEqualTo(before);
        }
    }

    @Test
    @Tag("restarts")
    void a_process_that_runs_is_restarted_without_being_reported() throws Exception {
        try (var _ = home().lock();
                var system = system(serving("cities"))) {
            system.start();
            watch(system);

            new LauncherRequests(home()).restart("cities", Map.of(), PATIENCE);
            Thread.sleep(500);

            assertThat(screen()).doesNotContain("✘");
        }
    }

    @Test
    void a_restart_of_something_unknown_is_refused() throws Exception {
        try (var _ = home().lock();
                var system = system(serving("cities"))) {
            system.start();
            watch(system);

            assertThatThrownBy(() -> new LauncherRequests(home()).restart("villages", Map.of(), PATIENCE))
                    .hasMessage("There is no process villages in this system; ./koinon status lists them.");
        }
    }

    /// Each process is a wave of its own.
    private RunningSystem system(ProcessDefinition... members) {
        var out = new PrintStream(screen, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(out, out, false);
        return new RunningSystem(home(), Stream.of(members).map(List::of).toList(), restarts, terminal);
    }

    private ProcessDefinition serving(String name) {
        int port = Ports.free();
        return new ProcessDefinition(name, _ -> fake(name, port, "" + port), Readiness.saysSo());
    }

    private ProcessDefinition dying(String name) {
        int port = Ports.free();
        return new ProcessDefinition(name, _ -> fake(name, port, "dies"), Readiness.saysSo());
    }

    private ManagedProcess fake(String name, int port, String argument) {
        Path classes;
        try {
            classes = Path.of(FakeService.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classpath = classes + ":" + classes.resolveSibling("classes");
        return ManagedProcess.start(
                name,
                port,
                home().log(name),
                List.of(java, "-cp", classpath, FakeService.class.getName(), argument),
                Map.of());
    }

    private DataFolder home() {
        return new DataFolder(folder);
    }

    private String screen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private ProcessTable.Entry entry(String name) {
        return ProcessTable.read(home()).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void kill(String name) {
        ProcessHandle process = ProcessHandle.of(entry(name).pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private static Thread watch(RunningSystem system) {
        return Thread.startVirtualThread(() -> {
            try {
                system.watch();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) Thread.sleep(20);
    }
}
