package koinon.testing.input;

import java.util.List;
import java.util.stream.IntStream;

/// How much of what can be sent is sent. `-Dtest.fuzz=all` sends everything to every operation, as CI does.
public final class Sample {

    private static final boolean ALL = System.getProperty("test.fuzz", "").equals("all");
    private static final int SHARE = 10;

    private Sample() {}

    /// Every tenth of the items. Another number takes others, so that ten operations in a row together get all.
    public static <T> List<T> of(List<T> items, int number) {
        if (ALL) return items;
        return IntStream.range(0, items.size())
                .filter(it -> it % SHARE == number % SHARE)
                .mapToObj(items::get)
                .toList();
    }

    /// A number of values of which none is less likely to find something than another.
    static int most(int all) {
        return ALL ? all : Math.ceilDiv(all, SHARE);
    }
}
