package koinon.local.process;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/// The command line of a process that runs on the same Java as this one, with a small heap, and ends with it.
///
/// Three things make it start quickly: one compiler only, the beans that the build worked out, and a cache of loaded
/// classes beside the jar. A training run writes the caches; the virtual machine ignores one that is older than a jar.
public final class Java {

    /// Set in a training run: its processes write their caches when they end.
    private static final boolean TRAINING = Boolean.getBoolean("koinon.training");

    private static final String CACHE = ".aot";

    /// Part of the name of a cache until its training run has ended.
    private static final String NEW = ".new";

    private static final Pattern GIGABYTES = Pattern.compile("[0-9]+[gG]|[0-9]{4,}[mM]");

    private final String heap;
    private boolean optimised;
    private final List<String> options = new ArrayList<>();

    private Java(String heap) {
        this.heap = heap;
    }

    /// @param heap the largest heap, as in `-Xmx`: `256m`
    public static Java withHeap(String heap) {
        return new Java(heap);
    }

    /// Uses both compilers: needs more work and memory at first, and halves the time of frequent operations.
    public Java optimised() {
        optimised = true;
        return this;
    }

    /// Adds an option of the virtual machine.
    public Java option(String option) {
        options.add(option);
        return this;
    }

    /// The command that runs a main class of this module, on this module's classpath.
    public List<String> run(Class<?> main, Object... arguments) {
        return run(ownClasses(), main.getName(), arguments);
    }

    /// The command that runs a main class of a module.
    ///
    /// @param classes the module's jar, or the folder of its classes; the build writes the file
    ///     `classpath` beside it
    public List<String> run(Path classes, String main, Object... arguments) {
        var classpath = new LinkedHashSet<>(List.of(ownClasses().toString(), classes.toString()));
        classpath.addAll(List.of(dependencies(classes).split(File.pathSeparator)));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + heap,
                // By default the initial heap is a share of the machine's memory, and used memory is not returned.
                "-Xms48m",
                collector(),
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (Files.isRegularFile(classes)) {
            command.addAll(cacheOptions(cache(classes, main), TRAINING));
            if (hasItsBeans(classes, main)) command.add("-Dspring.aot.enabled=true");
        }
        if (!optimised) command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(
                List.of("-cp", String.join(File.pathSeparator, classpath), ParentWatchdog.class.getName(), main));
        for (Object argument : arguments) command.add(argument.toString());
        return command;
    }

    /// The serial collector needs the least memory, but for a heap of gigabytes its pauses reach half a second. In
    /// an image the virtual machine makes the same choice by itself.
    String collector() {
        return GIGABYTES.matcher(heap).matches() ? "-XX:+UseG1GC" : "-XX:+UseSerialGC";
    }

    private static Path cache(Path jar, String main) {
        return jar.resolveSibling(main + "-" + Runtime.version() + CACHE);
    }

    static List<String> cacheOptions(Path cache, boolean training) {
        if (training) return List.of("-XX:AOTCacheOutput=" + cache + NEW, "-Xlog:aot*=off");
        return Files.isRegularFile(cache)
                ? List.of(
                        "-XX:AOTCache=" + cache,
                        // Mapped at the address for which it was written, so that no page must be relocated and kept
                        // in memory.
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0",
                        "-Xlog:aot*=off")
                : List.of();
    }

    /// Puts the caches that a training run has written into use.
    ///
    /// @param folder of the jars
    /// @return how many
    public static int adoptCaches(Path folder) throws IOException {
        int adopted = 0;
        try (var written = Files.newDirectoryStream(folder, "*" + CACHE + NEW)) {
            for (Path it : written) {
                String name = it.getFileName().toString();
                Files.move(
                        it,
                        it.resolveSibling(name.substring(0, name.length() - NEW.length())),
                        StandardCopyOption.ATOMIC_MOVE);
                adopted++;
            }
        }
        return adopted;
    }

    /// Whether the build has worked out the beans of the application (`process-aot` in the pom).
    private static boolean hasItsBeans(Path jar, String main) {
        try (var file = new JarFile(jar.toFile())) {
            return file.getEntry(main.replace('.', '/') + "__ApplicationContextInitializer.class") != null;
        } catch (IOException e) {
            throw new CannotStart("Cannot read " + jar + ": " + e.getMessage(), e);
        }
    }

    private static String dependencies(Path classes) {
        Path list = classes.resolveSibling("classpath");
        try {
            return Files.readString(list).strip();
        } catch (IOException e) {
            throw new CannotStart("The list " + list + " is missing: build it with ./mvnw -DskipTests package.", e);
        }
    }

    private static Path ownClasses() {
        try {
            return Path.of(Java.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Classes are not loaded from a file", e);
        }
    }
}
