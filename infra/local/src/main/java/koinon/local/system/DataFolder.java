package koinon.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import koinon.local.process.CannotStart;
import koinon.local.process.Folders;

/// The data folder of one system: the data of broker and database, the logs, the process table and the requests to
/// the launcher.
///
/// @param folder its path
public record DataFolder(Path folder) {

    /// The exclusive lock of the folder, held until it is closed or the process ends.
    public record Lock(FileLock lock) implements AutoCloseable {

        @Override
        public void close() {
            try {
                lock.channel().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final long MEGABYTE = 1024 * 1024;
    private static final long NEEDED = 500 * MEGABYTE;

    public Path data(String name) {
        return folder.resolve("data").resolve(name);
    }

    public Path log(String name) {
        return folder.resolve("logs").resolve(name + ".log");
    }

    /// Says from now on that the data were played by the demo.
    public void holdsExampleData() {
        try {
            Files.createDirectories(folder);
            Files.writeString(exampleData(), "The data of this folder were played by the demo.\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasExampleData() {
        return Files.exists(exampleData());
    }

    private Path exampleData() {
        return folder.resolve("example-data");
    }

    Path processes() {
        return folder.resolve("processes.json");
    }

    Path requests() {
        return folder.resolve("requests");
    }

    /// A secret that two processes share: created once, readable by its owner only if the file system supports it.
    public String secret(String name) {
        Path file = folder.resolve(name + ".secret");
        try {
            if (Files.exists(file)) return Files.readString(file);
            Files.createDirectories(folder);
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            Path draft = Files.createTempFile(folder, "draft", null);
            Files.writeString(draft, secret);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return secret;
        } catch (IOException e) {
            throw new CannotStart("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /// Locks the folder for this system; throws [CannotStart] when another system has locked it, or it cannot be
    /// written.
    public Lock lock() {
        try {
            Folders.createPrivate(folder);
            Files.createDirectories(requests());
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < NEEDED)
                throw new CannotStart("Only " + free / MEGABYTE + " MB are free at " + folder + ", but "
                        + NEEDED / MEGABYTE + " MB are needed: make room, or set KOINON_HOME to another folder.");
            return tryLock()
                    .orElseThrow(() -> new CannotStart("Koinon is already running in " + folder
                            + ": stop it there (Ctrl-C), or set KOINON_HOME to another folder."));
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot write in " + folder + " (" + e
                            + "): make it writable, or set KOINON_HOME to another folder.",
                    e);
        }
    }

    /// Whether a system has stored something in this folder.
    public boolean hasData() {
        return Files.exists(folder.resolve("data"));
    }

    /// Whether a system is running in this folder.
    public boolean isInUse() {
        if (!Files.exists(folder.resolve("lock"))) return false;
        try {
            Optional<Lock> lock = tryLock();
            lock.ifPresent(Lock::close);
            return lock.isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Lock> tryLock() throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            return Optional.ofNullable(lock).map(Lock::new);
        } catch (OverlappingFileLockException _) {
            return Optional.empty();
        } finally {
            if (lock == null) channel.close();
        }
    }

    /// Deletes the folder with its content.
    public void delete() {
        Folders.delete(folder);
    }
}
