package koinon.demo.client;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Sees every attempt of every request, also those that nobody answered.
@FunctionalInterface
public interface RequestObserver {

    /// One attempt.
    ///
    /// @param key what the attempts of one command have in common; absent for what only reads
    /// @param gateway whom it went to
    /// @param begin when, [System#nanoTime]
    /// @param reply absent when there was none, and then there is a failure
    record Attempt(
            @Nullable String key,
            String request,
            URI gateway,
            long begin,
            long end,
            @Nullable Reply reply,
            @Nullable IOException failure) {}

    void saw(Attempt attempt);
}
