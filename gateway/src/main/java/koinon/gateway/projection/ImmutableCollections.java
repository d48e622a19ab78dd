package koinon.gateway.projection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Immutable collections of projections. A change copies the collection and keeps its order.
final class ImmutableCollections {

    private ImmutableCollections() {}

    static <V> Map<String, V> with(Map<String, V> before, String key, V value) {
        var next = new LinkedHashMap<>(before);
        next.put(key, value);
        return next;
    }

    static <V> SortedMap<String, V> with(SortedMap<String, V> before, String key, V value) {
        var next = new TreeMap<>(before);
        next.put(key, value);
        return next;
    }

    static <V> SortedMap<String, V> without(SortedMap<String, V> before, String key) {
        var next = new TreeMap<>(before);
        next.remove(key);
        return next;
    }

    static SortedSet<String> with(SortedSet<String> before, String one) {
        var next = new TreeSet<>(before);
        next.add(one);
        return next;
    }

    static <E> List<E> with(List<E> before, E one) {
        var next = new ArrayList<>(before);
        next.add(one);
        return next;
    }
}
