package koinon.gateway.stream;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is made of one thing, kept until it is asked for another: all streams send the same at the same time.
final class Latest<T, R> {

    private final Function<T, R> make;
    private volatile @Nullable Made<T, R> made;

    private record Made<T, R>(T of, R result) {}

    Latest(Function<T, R> make) {
        this.make = make;
    }

    @SuppressWarnings("ReferenceEquality") // It is about this thing and not about one like it.
    R of(T thing) {
        Made<T, R> before = made;
        if (before != null && before.of() == thing) return before.result();
        R result = make.apply(thing);
        made = new Made<>(thing, result);
        return result;
    }
}
