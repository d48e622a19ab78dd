package koinon.local.process;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The command line of a process that runs in the same Java as this one, small and tethered to it.
public final class Java {

    private final String heap;
    private boolean writingArchives = true;
    private boolean optimised;
    private final List<String> options = new ArrayList<>();

    private Java(String heap) {
        this.heap = heap;
    }

    /// @param heap the largest heap, as `-Xmx` has it: `256m`
    public static Java withHeap(String heap) {
        return new Java(heap);
    }

    /// With the second compiler too: more work and memory at first, half the time for what is done often.
    public Java optimised() {
        optimised = true;
        return this;
    }

    /// One more option of the virtual machine.
    public Java option(String option) {
        options.add(option);
        return this;
    }

    /// What other processes remember of classes is read and left as it is, so that copies do not write over each
    /// other.
    public Java leavingArchives() {
        writingArchives = false;
        return this;
    }

    /// The command that runs a main class of this module, with the servers that nobody's own classpath has.
    public List<String> run(Class<?> main, Object... arguments) {
        return run(ownClasses(), main.getName(), arguments);
    }

    /// The command that runs a main class of a module.
    ///
    /// @param classes the module's jar, or the folder of its classes; the build lists its `classpath` beside it
    public List<String> run(Path classes, String main, Object... arguments) {
        var classpath = new LinkedHashSet<>(List.of(ownClasses().toString(), classes.toString()));
        classpath.addAll(List.of(dependencies(classes).split(File.pathSeparator)));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + heap,
                // Otherwise it begins with a share of the machine's memory, and what has been used once stays.
                "-Xms48m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        var files = classpath.stream().map(Path::of).toList();
        if (files.stream().allMatch(Files::isRegularFile))
            command.addAll(rememberingClasses(classes.resolveSibling(main + ".jsa"), files));
        if (!optimised) command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classpath), Tethered.class.getName(), main));
        for (Object argument : arguments) command.add(argument.toString());
        return command;
    }

    /// A process that ends writes down the classes that it has loaded, and the next one starts with half the work. It
    /// does so for jars only, and anew when one of them has changed, which it does not notice by itself.
    private List<String> rememberingClasses(Path archive, List<Path> jars) {
        try {
            if (Files.exists(archive)) {
                FileTime written = Files.getLastModifiedTime(archive);
                for (Path jar : jars)
                    if (Files.getLastModifiedTime(jar).compareTo(written) > 0) Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw new CannotStart("Cannot tell whether " + archive + " is older than its jars: " + e.getMessage(), e);
        }
        return List.of(
                (writingArchives ? "-XX:+" : "-XX:-") + "AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                // Where it was written for, so that none of its pages has to be changed and kept in memory.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Xlog:cds*=off");
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
