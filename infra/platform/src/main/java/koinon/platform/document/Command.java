package koinon.platform.document;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import koinon.platform.model.By;
import org.jspecify.annotations.Nullable;

/// A request to change something: by whom, under which Idempotency-Key, on which version. Controllers take it as an
/// argument.
///
/// @param key absent when the caller sent none
/// @param precondition on the version of what it is about
/// @param traceparent the trace that the request belongs to, W3C form
public record Command(
        By by,
        @Nullable Key key,
        Precondition precondition,
        @Nullable String traceparent) {

    /// More than the gateway waits for an answer.
    static final Duration LONGEST = Duration.ofSeconds(3);

    /// An Idempotency-Key with the request it stands for.
    ///
    /// @param value as sent
    /// @param path of the request, decoded
    /// @param digest of all that the request asks for: another digest under the same key is another request
    /// @param arrived when, of [System#nanoTime]
    public record Key(String value, String path, String digest, long arrived) {

        /// Of a request that arrives now.
        public Key(String value, String path, String digest) {
            this(value, path, digest, System.nanoTime());
        }
    }

    /// What `If-Match` demands of the version of an aggregate or a part.
    ///
    /// @param versions one of which must be the current one; absent: any
    /// @param missing whether the operation needs a version and the caller named none
    public record Precondition(@Nullable Set<Long> versions, boolean missing) {

        /// Any version will do.
        public static final Precondition NONE = new Precondition(null, false);

        /// The caller must name a version and has not.
        public static final Precondition MISSING = new Precondition(null, true);

        /// One of these, as far as the caller named any that can be a version.
        public static Precondition of(Set<Long> versions) {
            return new Precondition(Set.copyOf(versions), false);
        }

        /// @throws Refused.VersionRequired when the caller named no version
        /// @throws Refused.Stale when it named others than the current one
        public void check(long current) {
            if (missing) throw new Refused.VersionRequired();
            if (versions != null && !versions.contains(current)) throw new Refused.Stale(current);
        }
    }

    /// Whether it has been under way for so long that whoever sent it has given up, and may have had it done elsewhere
    /// more commands ago than answers are kept.
    boolean isOverdue() {
        return key != null && System.nanoTime() - key.arrived() > LONGEST.toNanos();
    }

    /// A command of the system itself or of a test.
    public static Command of(By by) {
        return new Command(by, null, Precondition.NONE, null);
    }

    /// The id of what this command creates: of subject, path and key, so that a repetition means the same; random
    /// without a key.
    public String newId() {
        if (key == null) return UUID.randomUUID().toString();
        return UUID.nameUUIDFromBytes(
                        (by.actor() + "\n" + key.path() + "\n" + key.value()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// The key as an aggregate keeps it: two callers may use the same one.
    @Nullable
    String keyOfCaller() {
        return key == null ? null : by.actor() + " " + key.value();
    }
}
