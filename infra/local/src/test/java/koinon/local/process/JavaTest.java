package koinon.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The options of a process and its cache of classes.
class JavaTest {

    private static final String MAIN = "koinon.Some";

    @TempDir
    private Path target;

    private Path cache() {
        return target.resolve(MAIN + "-" + Runtime.version() + ".aot");
    }

    private Path jar(String entry) throws IOException {
        Files.writeString(target.resolve("classpath"), "");
        Path jar = target.resolve("some.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                var entries = new JarOutputStream(file)) {
            entries.putNextEntry(new ZipEntry(entry));
        }
        return jar;
    }

    @Test
    void only_gigabytes_are_worth_a_collector_that_takes_more_memory() {
        for (String small : List.of("16m", "256M", "999m"))
            assertThat(Java.withHeap(small).collector()).isEqualTo("-XX:+UseSerialGC");
        for (String large : List.of("1g", "2G", "2048m"))
            assertThat(Java.withHeap(large).collector()).isEqualTo("-XX:+UseG1GC");
    }

    @Test
    void a_cache_is_used_when_it_is_there() throws IOException {
        assertThat(Java.withHeap("16m").run(jar("koinon/Some.class"), MAIN))
                .noneMatch(it -> it.startsWith("-XX:AOTCache"));
        Files.writeString(cache(), "");
        assertThat(Java.withHeap("16m").run(jar("koinon/Some.class"), MAIN)).contains("-XX:AOTCache=" + cache());
    }

    @Test
    void a_training_run_writes_beside_the_cache_that_is_in_use_until_it_has_ended() throws IOException {
        Files.writeString(cache(), "old");
        assertThat(Java.cacheOptions(cache(), true)).contains("-XX:AOTCacheOutput=" + cache() + ".new");

        Files.writeString(Path.of(cache() + ".new"), "new");
        assertThat(Java.adoptCaches(target)).isEqualTo(1);
        assertThat(cache()).hasContent("new");
        assertThat(Java.adoptCaches(target)).isZero();
    }

    @Test
    void the_beans_that_the_build_worked_out_are_used_where_it_did() throws IOException {
        assertThat(Java.withHeap("16m").run(jar("koinon/Some.class"), MAIN))
                .doesNotContain("-Dspring.aot.enabled=true");
        assertThat(Java.withHeap("16m").run(jar("koinon/Some__ApplicationContextInitializer.class"), MAIN))
                .contains("-Dspring.aot.enabled=true");
    }
}
