package koinon.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The folder in which the signing key and the clients' secrets survive a restart. Both are made on first need;
/// there is no secret that anybody could know before. Readable by its owner only, where the file system can say so.
final class SecretsFolder {

    private static final SecureRandom RANDOM = new SecureRandom();
    private final Path folder;

    SecretsFolder(Path folder) {
        this.folder = folder;
    }

    RSAKey signingKey() {
        var file = folder.resolve("signing-key.json");
        try {
            if (Files.exists(file)) return RSAKey.parse(Files.readString(file));
            var key = new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
            write(file, key.toJSONString());
            return key;
        } catch (ParseException e) {
            throw new IllegalStateException("%s holds no signing key; remove it for a new one.".formatted(file), e);
        } catch (JOSEException e) {
            throw new IllegalStateException("No signing key could be made.", e);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// The secret of each of these clients; those who have none yet get one.
    Map<String, String> secrets(Set<String> clients) {
        var file = folder.resolve("secrets.properties");
        try {
            var kept = new Properties();
            if (Files.exists(file)) kept.load(new StringReader(Files.readString(file)));
            var known = new TreeMap<String, String>();
            kept.stringPropertyNames().forEach(client -> known.put(client, kept.getProperty(client)));
            var before = known.size();
            for (var client : clients) known.computeIfAbsent(client, _ -> secret());
            if (known.size() > before)
                write(
                        file,
                        known.entrySet().stream()
                                .map(it -> it.getKey() + "=" + it.getValue() + "\n")
                                .collect(Collectors.joining()));
            known.keySet().retainAll(clients);
            return known;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static String secret() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// All of the file or none of it: a crash in between leaves no half a key.
    private void write(Path file, String text) throws IOException {
        Files.createDirectories(folder);
        permit(folder, "rwx------");
        var draft = Files.createTempFile(folder, "draft", null);
        permit(draft, "rw-------");
        Files.writeString(draft, text, UTF_8);
        Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private static void permit(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private UncheckedIOException unusable(IOException e) {
        return new UncheckedIOException("The folder %s cannot be used: %s".formatted(folder, e.getMessage()), e);
    }
}
