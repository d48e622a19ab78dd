package koinon.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import koinon.local.process.CannotStart;

/// Requests to a running launcher: a file `requests/<name>` asks to restart the process of that name; each of its
/// lines is a setting, `NAME=value`.
///
/// The launcher deletes the file when the process is ready again, or writes `<name>.refused` with the reason.
public final class LauncherRequests {

    /// Restarts the process of a name; throws [CannotStart] when it cannot.
    @FunctionalInterface
    interface Restart {
        void of(String name, Map<String, String> settings) throws InterruptedException;
    }

    private static final String REFUSED = ".refused";
    private static final String NEXT = ".next";

    private final Path folder;

    public LauncherRequests(DataFolder home) {
        this.folder = home.requests();
    }

    /// Asks to restart a process and waits until it is ready; throws [CannotStart] with the launcher's reason.
    ///
    /// @param settings added to its environment, until its next start
    public void restart(String name, Map<String, String> settings, Duration atMost) throws InterruptedException {
        try {
            Path refusal = folder.resolve(name + REFUSED);
            Files.deleteIfExists(refusal);
            Path next = folder.resolve(name + NEXT);
            Files.write(
                    next,
                    settings.entrySet().stream()
                            .map(it -> it.getKey() + "=" + it.getValue())
                            .toList());
            Path request = Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            long deadline = System.nanoTime() + atMost.toNanos();
            while (Files.exists(request)) {
                if (System.nanoTime() > deadline)
                    throw new CannotStart(name + " was not ready within " + atMost.toSeconds()
                            + " s after its restart; see its log.");
                Thread.sleep(100);
            }
            if (Files.exists(refusal)) throw new CannotStart(Files.readString(refusal));
        } catch (IOException e) {
            throw new CannotStart("Cannot ask for a restart in " + folder + ": " + e.getMessage(), e);
        }
    }

    void serve(Restart restart) throws InterruptedException {
        for (Path request : files()) {
            String name = request.getFileName().toString();
            if (name.endsWith(REFUSED) || name.endsWith(NEXT)) continue;
            try {
                try {
                    restart.of(name, settings(request));
                } catch (CannotStart e) {
                    Files.writeString(folder.resolve(name + REFUSED), String.valueOf(e.getMessage()));
                }
                Files.delete(request);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Map<String, String> settings(Path request) throws IOException {
        return Files.readAllLines(request).stream()
                .map(it -> it.split("=", 2))
                .collect(Collectors.toMap(it -> it[0], it -> it[1]));
    }

    void clear() {
        try {
            for (Path file : files()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() {
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
