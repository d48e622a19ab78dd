package koinon.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import koinon.local.process.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void two_systems_cannot_share_a_folder() {
        var home = new DataFolder(folder.resolve("home"));
        try (var _ = home.lock()) {
            assertThat(home.isInUse()).isTrue();
            assertThatThrownBy(home::lock)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("Koinon is already running in " + home.folder());
        }
        assertThat(home.isInUse()).isFalse();
        home.lock().close();
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused_with_what_to_do() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThatThrownBy(() -> new DataFolder(file).lock())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Cannot write in " + file)
                .hasMessageContaining("KOINON_HOME");
    }

    @Test
    void nobody_else_reads_what_is_in_the_folder_also_where_it_was_open_before() throws Exception {
        var home = new DataFolder(folder.resolve("home"));
        Files.createDirectories(home.folder());
        Files.setPosixFilePermissions(home.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));

        home.lock().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void what_is_deleted_is_gone() throws Exception {
        var home = new DataFolder(folder.resolve("home"));
        Files.createDirectories(home.data("broker"));
        Files.writeString(home.data("broker").resolve("log"), "");

        home.delete();

        assertThat(home.folder()).doesNotExist();
    }
}
