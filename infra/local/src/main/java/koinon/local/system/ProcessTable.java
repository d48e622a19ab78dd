package koinon.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koinon.local.process.ManagedProcess;
import tools.jackson.databind.json.JsonMapper;

/// The running processes, in the file `processes.json` of the data folder: for `status`, and for tests that kill a
/// process.
public final class ProcessTable {

    /// One process at its last start; its pid shows whether it is still running.
    ///
    /// @param restarts how often it ended unexpectedly and was restarted
    public record Entry(String name, long pid, int port, String log, int restarts) {

        static Entry of(ManagedProcess child, int restarts) {
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

    ProcessTable(DataFolder home) {
        this.file = home.processes();
    }

    /// The processes of the system in a data folder, in the order of their start.
    public static List<Entry> read(DataFolder home) {
        if (!Files.exists(home.processes())) return List.of();
        return List.of(JSON.readValue(home.processes(), Entry[].class));
    }

    synchronized void started(ManagedProcess child, int restarts) {
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
