package koinon.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koinon.local.process.Child;
import tools.jackson.databind.json.JsonMapper;

/// Who runs, in the file `processes.json` of the data folder: for `status`, and for tests that kill a process.
public final class ProcessTable {

    /// One process as it was last started; whether it still runs, its pid tells.
    ///
    /// @param restarts how often it died and was started again
    public record Entry(String name, long pid, int port, String log, int restarts) {

        static Entry of(Child child, int restarts) {
            return new Entry(
                    child.name(),
                    child.pid(),
                    child.port(),
                    child.log().toAbsolutePath().toString(),
                    restarts);
        }

        public boolean runs() {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    ProcessTable(Home home) {
        this.file = home.processes();
    }

    /// The processes of the system that runs in a data folder, in the order of their start.
    public static List<Entry> read(Home home) {
        if (!Files.exists(home.processes())) return List.of();
        return List.of(JSON.readValue(home.processes(), Entry[].class));
    }

    synchronized void started(Child child, int restarts) {
        entries.put(child.name(), Entry.of(child, restarts));
        Path next = file.resolveSibling("processes.json.next");
        JSON.writerWithDefaultPrettyPrinter().writeValue(next, entries.values());
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
