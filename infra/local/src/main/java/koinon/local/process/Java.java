package koinon.local.process;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a process that runs in the same Java as this one, small and tethered to it.
public final class Java {

    private final String heap;
    private final List<String> options = new ArrayList<>();

    private Java(String heap) {
        this.heap = heap;
    }

    /// @param heap the largest heap, as `-Xmx` has it: `256m`
    public static Java withHeap(String heap) {
        return new Java(heap);
    }

    /// One more option of the virtual machine.
    public Java option(String option) {
        options.add(option);
        return this;
    }

    /// The command that runs a main class on the classpath of this module.
    public List<String> run(Class<?> main, Object... arguments) {
        return command(ownClasspath(), main.getName(), arguments);
    }

    /// The command that runs a main class of a jar.
    public List<String> run(Path jar, String main, Object... arguments) {
        return command(ownClasses() + File.pathSeparator + jar, main, arguments);
    }

    private List<String> command(String classpath, String main, Object... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", classpath, Tethered.class.getName(), main));
        for (Object argument : arguments) command.add(argument.toString());
        return command;
    }

    /// Our classes and the servers, which the build lists in `target/classpath` and which nobody's own classpath has.
    private static String ownClasspath() {
        Path list = ownClasses().resolveSibling("classpath");
        try {
            return ownClasses() + File.pathSeparator + Files.readString(list).strip();
        } catch (IOException e) {
            throw new CannotStart("The list " + list + " is missing; ./mvnw -pl infra/local package writes it.", e);
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
