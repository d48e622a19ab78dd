package koinon.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koinon.local.system.DataFolder;
import koinon.local.system.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream refused = new ByteArrayOutputStream();

    @Test
    void an_unknown_command_is_refused_with_the_list_of_commands() {
        assertThat(run("fly")).isEqualTo(2);
        assertThat(refused()).contains("There is no command \"fly\".", "up", "demo", "bench", "status", "reset");
    }

    @Test
    void a_port_in_use_is_refused_with_a_sentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("KOINON_GATEWAY_PORT", "" + taken.getLocalPort());

            assertThat(run("up")).isEqualTo(1);
            assertThat(refused()).startsWith("Port " + taken.getLocalPort() + ", which gateway needs, is in use");
        }
    }

    @Test
    void a_second_system_in_the_same_folder_is_refused() {
        try (var _ = new DataFolder(folder.resolve(".koinon")).lock()) {
            assertThat(run("up")).isEqualTo(1);
            assertThat(refused()).startsWith("Koinon is already running in ");
        }
    }

    @Test
    void a_reset_is_refused_while_it_runs_and_deletes_the_folder_otherwise() {
        var home = new DataFolder(folder.resolve(".koinon"));
        try (var _ = home.lock()) {
            assertThat(run("reset", "--yes")).isEqualTo(1);
            assertThat(home.folder()).exists();
        }
        assertThat(run("reset", "--yes")).isZero();
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void the_status_of_what_does_not_run_is_said() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(said()).startsWith("Koinon does not run in " + folder);
    }

    @Test
    void what_does_not_run_cannot_be_asked_to_prove_anything() {
        assertThat(run("verify")).isEqualTo(2);
        assertThat(refused()).startsWith("Koinon does not run in " + folder);
    }

    private int run(String... arguments) {
        return new Launcher(folder, environment, new Terminal(stream(said), stream(refused), false))
                .run(List.of(arguments));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private String refused() {
        return refused.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
