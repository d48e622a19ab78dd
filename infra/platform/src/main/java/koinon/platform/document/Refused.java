package koinon.platform.document;

/// Why a command could not be tried, other than by a rule of the domain.
public abstract sealed class Refused extends RuntimeException {

    private Refused(String sentence) {
        super(sentence, null, false, false);
    }

    /// There is no such thing. Answered as 404.
    public static final class NotFound extends Refused {
        public NotFound() {
            super("There is nothing here, or nothing that you may see.");
        }
    }

    /// The caller's version is not the current one. Answered as 412.
    public static final class Stale extends Refused {
        public Stale(long current) {
            super("It has changed since you read it; read it again (its version is now " + current + ").");
        }
    }

    /// The operation needs the version that the caller read. Answered as 428.
    public static final class VersionRequired extends Refused {
        public VersionRequired() {
            super("Send the ETag that you read in If-Match, so that nobody's change is lost.");
        }
    }

    /// The same Idempotency-Key came with another request. Answered as 422.
    public static final class KeyReused extends Refused {
        public KeyReused() {
            super("This Idempotency-Key was used for another request; take a new one.");
        }
    }

    /// It cannot be taken on at the moment, and later it can. Answered as 503 with `Retry-After`.
    public static final class Busy extends Refused {
        public Busy(String sentence) {
            super(sentence);
        }
    }
}
