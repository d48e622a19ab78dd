package koinon.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a process is started with, and remembers of the classes of the one before.
class JavaTest {

    private static final String MAIN = "koinon.Some";
    private static final long GONE = 999_999_999L;

    @TempDir
    private Path target;

    private Path jar;

    @BeforeEach
    void a_module() throws IOException {
        jar = Files.writeString(target.resolve("some.jar"), "");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private List<String> memory() {
        return Java.withHeap("16m").remembering(target, MAIN, List.of(jar));
    }

    private Path archive(String of) throws IOException {
        return Files.writeString(target.resolve(MAIN + "-" + Runtime.version() + of + ".jsa"), of);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(it -> it.getFileName().toString())
                    .filter(it -> it.endsWith(".jsa"))
                    .toList();
        }
    }

    @Test
    void only_gigabytes_are_worth_a_collector_that_takes_more_memory() {
        for (String small : List.of("16m", "256M", "999m"))
            assertThat(Java.withHeap(small).collector()).isEqualTo("-XX:+UseSerialGC");
        for (String large : List.of("1g", "2G", "2048m"))
            assertThat(Java.withHeap(large).collector()).isEqualTo("-XX:+UseG1GC");
    }

    @Test
    void the_first_process_writes_for_its_launcher_alone() {
        assertThat(memory())
                .contains("-XX:+AutoCreateSharedArchive")
                .anyMatch(it -> it.endsWith(".for-" + ProcessHandle.current().pid() + ".jsa"));
    }

    @Test
    void what_a_launcher_left_behind_is_everybodys_and_only_read() throws IOException {
        archive(".for-" + GONE);

        assertThat(memory())
                .contains("-XX:-AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archivePath())
                .noneMatch(it -> it.contains(".for-"));
        assertThat(files()).containsExactly(archivePath().getFileName().toString());
    }

    @Test
    void what_a_running_launcher_has_written_is_left_to_it() throws IOException {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        archive(".for-" + parent);

        assertThat(memory()).contains("-XX:+AutoCreateSharedArchive");
        assertThat(files()).hasSize(1);
    }

    @Test
    void an_archive_older_than_a_jar_goes() throws IOException {
        Path old = archive("");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(120)));

        assertThat(memory()).contains("-XX:+AutoCreateSharedArchive");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_copy_never_writes() {
        assertThat(Java.withHeap("16m").leavingArchives().remembering(target, MAIN, List.of(jar)))
                .contains("-XX:-AutoCreateSharedArchive");
    }

    private Path archivePath() {
        return target.resolve(MAIN + "-" + Runtime.version() + ".jsa");
    }
}
