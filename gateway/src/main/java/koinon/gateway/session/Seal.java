package koinon.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/// Seals texts that leave this process (AES-256-GCM): nobody else reads them, and a changed one does not open.
@Component
public final class Seal {

    private static final Logger LOG = LoggerFactory.getLogger(Seal.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<SecretKeySpec> keys;

    /// What seals.
    ///
    /// @param sessionKey secrets, each of at least 32 characters: the first one seals, the others only open, so
    ///     that a new one can be put in front. Without one, each start makes its own, and its sessions are known
    ///     to no other copy.
    @ConfigurationProperties("koinon.gateway")
    record Settings(@DefaultValue List<String> sessionKey) {

        private static final int SHORTEST = 32;

        Settings {
            sessionKey = sessionKey.stream().filter(it -> !it.isBlank()).toList();
            if (sessionKey.stream().anyMatch(it -> it.length() < SHORTEST))
                throw new IllegalArgumentException(
                        "Each koinon.gateway.session-key must have at least %d characters.".formatted(SHORTEST));
        }

        /// Without the secrets, which are not logged.
        @Override
        public String toString() {
            return sessionKey.size() + " keys";
        }
    }

    Seal(Settings settings) {
        if (settings.sessionKey().isEmpty())
            LOG.warn(
                    "event=session.key-missing action=\"sessions end with this process and no other copy knows them\"");
        List<String> secrets = settings.sessionKey().isEmpty() ? List.of(random()) : settings.sessionKey();
        keys = secrets.stream().map(it -> new SecretKeySpec(digest(it), "AES")).toList();
    }

    /// 256 random bits as text.
    static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// SHA-256 of a text.
    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param purpose opens only with the same one, so that a text cannot be used as another
    public String seal(String purpose, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, purpose).doFinal(text.getBytes(UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The text; empty if it was not sealed with one of our keys for this purpose.
    public Optional<String> open(String purpose, String sealed) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (all.length <= NONCE_BYTES) return Optional.empty();
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        for (SecretKeySpec key : keys) {
            try {
                byte[] text = cipher(Cipher.DECRYPT_MODE, key, nonce, purpose)
                        .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
                return Optional.of(new String(text, UTF_8));
            } catch (GeneralSecurityException _) {
                // Another key may have sealed it.
            }
        }
        return Optional.empty();
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String purpose)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(UTF_8));
        return cipher;
    }
}
