package koinon.local.process;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/// The command line of a process that runs in the same Java as this one, small and tethered to it.
public final class Java {

    private static final String ARCHIVE = ".jsa";

    /// In the name of an archive that is not yet everybody's: the launcher whose process writes it.
    private static final String WRITTEN_FOR = ".for-";

    private static final Pattern WRITER = Pattern.compile(WRITTEN_FOR + "([0-9]{1,18})" + ARCHIVE + "$");

    private static final Pattern GIGABYTES = Pattern.compile("[0-9]+[gG]|[0-9]{4,}[mM]");

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
                collector(),
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        var files = classpath.stream().map(Path::of).toList();
        if (files.stream().allMatch(Files::isRegularFile))
            command.addAll(remembering(classes.resolveSibling(".").normalize(), main, files));
        if (!optimised) command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classpath), Tethered.class.getName(), main));
        for (Object argument : arguments) command.add(argument.toString());
        return command;
    }

    /// The one that takes least, but not where there are gigabytes: it would stop everybody for half a second there.
    /// The virtual machine of an image chooses the same by itself.
    String collector() {
        return GIGABYTES.matcher(heap).matches() ? "-XX:+UseG1GC" : "-XX:+UseSerialGC";
    }

    /// A process that ends writes down the classes that it has loaded, and the next one starts with half the work. It
    /// does so for jars only, and anew when one of them has changed, which it does not notice by itself.
    ///
    /// Each launcher has a file of its own written, for two that write one file at once leave one that crashes its
    /// readers. A later launcher makes it everybody's.
    List<String> remembering(Path folder, String main, List<Path> jars) {
        Path archive = folder.resolve(main + "-" + Runtime.version() + ARCHIVE);
        Path own = folder.resolve(main + "-" + Runtime.version() + WRITTEN_FOR
                + ProcessHandle.current().pid() + ARCHIVE);
        try {
            takeOver(folder, main, archive, own);
            deleteIfOlder(archive, jars);
            deleteIfOlder(own, jars);
        } catch (IOException e) {
            throw new CannotStart("Cannot tell whether " + archive + " is older than its jars: " + e.getMessage(), e);
        }
        boolean writing = writingArchives && !Files.exists(archive);
        return List.of(
                (writing ? "-XX:+" : "-XX:-") + "AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + (writing ? own : archive),
                // Where it was written for, so that none of its pages has to be changed and kept in memory.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Xlog:cds*=off");
    }

    /// What launchers that have ended left behind: one of it becomes the archive of all, the rest goes.
    private static void takeOver(Path folder, String main, Path archive, Path own) throws IOException {
        try (var left = Files.newDirectoryStream(folder, main + "-*" + WRITTEN_FOR + "*" + ARCHIVE)) {
            for (Path file : left) {
                String name = file.getFileName().toString();
                var writer = WRITER.matcher(name);
                if (file.equals(own) || !writer.find() || isRunning(writer.group(1))) continue;
                if (Files.exists(archive) || !name.startsWith(main + "-" + Runtime.version() + WRITTEN_FOR))
                    Files.delete(file);
                else Files.move(file, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (NoSuchFileException _) {
            // Another launcher was faster.
        }
    }

    private static boolean isRunning(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    private static void deleteIfOlder(Path archive, List<Path> jars) throws IOException {
        if (!Files.exists(archive)) return;
        FileTime written = Files.getLastModifiedTime(archive);
        for (Path jar : jars) if (Files.getLastModifiedTime(jar).compareTo(written) > 0) Files.deleteIfExists(archive);
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
