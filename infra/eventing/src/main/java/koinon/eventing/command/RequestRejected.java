package koinon.eventing.command;

import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// The command was rejected before or instead of a rule of the domain.
public abstract sealed class RequestRejected extends RuntimeException {

    private final transient Sentence sentence;

    private RequestRejected(String key, String text, @Nullable Object... values) {
        this(Sentence.of(key, text, values));
    }

    private RequestRejected(Sentence sentence) {
        super(sentence.text(), null, false, false);
        this.sentence = sentence;
    }

    public Sentence sentence() {
        return sentence;
    }

    /// The resource does not exist or is not visible. Answered as 404.
    public static final class NotFound extends RequestRejected {
        public NotFound() {
            super("not-found", "Not found, or not visible to you.");
        }
    }

    /// The caller's version is not the current one. Answered as 412.
    public static final class Stale extends RequestRejected {
        public Stale(long current) {
            super(
                    "stale",
                    "The version in If-Match is not the current one; read it again (the current version is %s).",
                    "current",
                    current);
        }

        /// A read of something else than the caller wants.
        public Stale() {
            super("stale.read", "It has changed since the ETag in If-Match. Read it again without If-Match.");
        }
    }

    /// The operation needs the version that the caller read. Answered as 428.
    public static final class VersionRequired extends RequestRejected {
        public VersionRequired() {
            super("if-match-required", "If-Match is required: send the ETag of the version that you read.");
        }
    }

    /// The same Idempotency-Key came with another request. Answered as 422.
    public static final class KeyReused extends RequestRejected {
        public KeyReused() {
            super("key-reused", "This Idempotency-Key was used with another request; use a new key.");
        }
    }

    /// The command cannot be processed now. Answered as 503 with `Retry-After`.
    public static final class Busy extends RequestRejected {
        /// @param cause the second level of the key
        public Busy(String cause, String text, @Nullable Object... values) {
            super("busy." + cause, text, values);
        }
    }
}
