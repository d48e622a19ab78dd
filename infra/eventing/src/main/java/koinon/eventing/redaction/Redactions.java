package koinon.eventing.redaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/// The texts that no reader is shown any more, wherever they stand within a scope. They are known by their digests
/// only, so whoever keeps this keeps no text.
///
/// @param scope the id that a proposal, its project and the rest of it share; part of each digest
public record Redactions(String scope, Set<String> digests) {

    /// What stands in the place of a text.
    public static final String MARK = "[redacted]";

    public Redactions {
        digests = Set.copyOf(digests);
    }

    public static Redactions none(String scope) {
        return new Redactions(scope, Set.of());
    }

    public Redactions with(Set<String> more) {
        if (digests.containsAll(more)) return this;
        Set<String> all = new LinkedHashSet<>(digests);
        all.addAll(more);
        return new Redactions(scope, all);
    }

    /// Base64url SHA-256 over the scope, a line feed and the text.
    public static String digest(String scope, String text) {
        try {
            byte[] bytes = (scope + "\n" + text).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first bytes of a digest: short enough to be kept of each text that was ever written.
    public static long fingerprint(String digest) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(digest)).getLong();
    }

    public boolean contain(String digest) {
        return digests.contains(digest);
    }

    /// The text, or [#MARK] in its place.
    public String shown(String text) {
        return digests.isEmpty() || !contain(digest(scope, text)) ? text : MARK;
    }

    /// The value in which each [FreeText] is as [#shown]: a copy of a record or a collection in which something
    /// changes; any other object is changed in place.
    @SuppressWarnings("unchecked") // a copy has the type of the original
    public <T> T applied(T value) {
        return digests.isEmpty() ? value : (T) Objects.requireNonNull(FreeTexts.replaced(value, this::shown));
    }

    /// The fingerprint of each [FreeText] in a value that is not blank and not redacted.
    public static Set<Long> fingerprints(String scope, Object value) {
        Set<Long> found = new LinkedHashSet<>();
        var _ = FreeTexts.replaced(value, text -> {
            if (!text.isBlank() && !text.equals(MARK)) found.add(fingerprint(digest(scope, text)));
            return text;
        });
        return found;
    }
}
