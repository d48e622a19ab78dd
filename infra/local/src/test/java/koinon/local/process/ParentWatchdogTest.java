package koinon.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("parts")
@Tag("restarts")
class ParentWatchdogTest {

    @Test
    void a_tethered_process_ends_when_its_starter_is_gone_however_that_ended() throws Exception {
        Process starter = new ProcessBuilder(java(Starter.class.getName())).start();
        long pid = Long.parseLong(starter.inputReader().readLine());
        ProcessHandle tethered = ProcessHandle.of(pid).orElseThrow();
        assertThat(tethered.isAlive()).isTrue();

        starter.destroyForcibly();

        assertThat(tethered.onExit().join().isAlive()).isFalse();
    }

    /// Starts a process under the watchdog, prints its pid and waits.
    static final class Starter {
        public static void main(String... arguments) throws Exception {
            var command = java(ParentWatchdog.class.getName(), Sleeper.class.getName());
            System.out.println(new ProcessBuilder(command).start().pid());
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    /// Sleeps.
    static final class Sleeper {
        public static void main(String... arguments) throws Exception {
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    private static List<String> java(String... arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = new ArrayList<>(List.of(java.toString(), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return command;
    }
}
