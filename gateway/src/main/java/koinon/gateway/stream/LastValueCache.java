package koinon.gateway.stream;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Caches the result for the last argument only: all streams send the same event at the same time. A library's cache
/// would compare the arguments, which are large.
final class LastValueCache<T, R> {

    private final Function<T, R> make;
    private volatile @Nullable Made<T, R> made;

    private record Made<T, R>(T of, R result) {}

    LastValueCache(Function<T, R> make) {
        this.make = make;
    }

    @SuppressWarnings("ReferenceEquality") // Compares identity, which is fast and sufficient for a cache.
    R of(T thing) {
        Made<T, R> before = made;
        if (before != null && before.of() == thing) return before.result();
        R result = make.apply(thing);
        made = new Made<>(thing, result);
        return result;
    }
}
