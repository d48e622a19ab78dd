package koinon.testing.time;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// How long tests wait. `-Dtest.patience=<n>` multiplies it, for slow machines.
///
/// As an extension that JUnit finds by itself, it also sets how long Awaitility waits, so that a test names no time.
public final class Patience implements BeforeAllCallback {

    private static final int FACTOR = Integer.getInteger("test.patience", 1);

    /// The longest wait for what must happen. Only a failure takes this long.
    public static final Duration LONGEST = Duration.ofSeconds(60).multipliedBy(FACTOR);

    private static final Duration DELAY = Duration.ofSeconds(5).multipliedBy(FACTOR);

    /// The latest end of what takes this long on an idle machine. A test that uses it must also fail by what is
    /// answered, or compare with something that takes much longer.
    public static Duration latest(Duration idle) {
        return idle.plus(DELAY);
    }

    /// [#LONGEST] for a socket.
    public static int millis() {
        return (int) LONGEST.toMillis();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(LONGEST);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(25));
    }
}
