package koinon.eventing.command;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import koinon.eventing.actor.Actor;
import org.jspecify.annotations.Nullable;

/// What every command carries beside its body: the actor, the Idempotency-Key and the expected version. Controllers
/// take it as an argument.
///
/// @param key absent when the caller sent none
/// @param precondition the expected version of the aggregate or part
/// @param traceparent the trace that the request belongs to, W3C form
public record Command(
        Actor by,
        @Nullable Key key,
        Precondition precondition,
        @Nullable String traceparent) {

    /// Longer than the gateway waits for an answer.
    public static final Duration LONGEST = Duration.ofSeconds(3);

    /// An Idempotency-Key with the request it stands for.
    ///
    /// @param value as sent
    /// @param path of the request, decoded
    /// @param digest of all that the request asks for: another digest under the same key is another request
    /// @param arrived when, of [System#nanoTime]
    public record Key(String value, String path, String digest, long arrived) {

        /// The key of a request that arrives now.
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

        /// The current version must be one of these.
        public static Precondition of(Set<Long> versions) {
            return new Precondition(Set.copyOf(versions), false);
        }

        /// @throws RequestRejected.VersionRequired when the caller named no version
        /// @throws RequestRejected.Stale when it named others than the current one
        public void check(long current) {
            if (missing) throw new RequestRejected.VersionRequired();
            if (versions != null && !versions.contains(current)) throw new RequestRejected.Stale(current);
        }
    }

    /// Whether the caller has given up by now. It may have repeated the command at another instance, so long ago
    /// that the result is no longer kept there.
    public boolean isOverdue() {
        return key != null && System.nanoTime() - key.arrived() > LONGEST.toNanos();
    }

    /// A command of the system or of a test.
    public static Command of(Actor by) {
        return new Command(by, null, Precondition.NONE, null);
    }

    /// The id of the aggregate that this command creates. It is derived from subject, path and key, so that a
    /// repeated request creates the same aggregate; it is random without a key.
    public String newId() {
        if (key == null) return UUID.randomUUID().toString();
        return UUID.nameUUIDFromBytes(
                        (by.id() + "\n" + key.path() + "\n" + key.value()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// The key with its caller, as an aggregate stores it: two callers may use the same key.
    @Nullable
    public String keyOfCaller() {
        return key == null ? null : by.id() + " " + key.value();
    }
}
