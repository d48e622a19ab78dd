package koinon.eventing.value;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The kinds of a sealed interface, looked up once. It is no nested class of [OfKind], because Spring Data would take
/// it for a part of a document.
final class Kinds extends ClassValue<SortedMap<String, Class<?>>> {

    static final Kinds OF = new Kinds();

    private Kinds() {}

    @Override
    protected SortedMap<String, Class<?>> computeValue(Class<?> sealed) {
        SortedMap<String, Class<?>> kinds = new TreeMap<>();
        for (Class<?> record : sealed.getPermittedSubclasses()) kinds.put(OfKind.kind(record), record);
        return Collections.unmodifiableSortedMap(kinds);
    }
}
