package koinon.eventing.model;

import java.lang.reflect.ParameterizedType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names on the wire of the events of one sealed interface, whichever level they are declared at.
public final class EventTypes {

    private static final Map<Class<?>, Map<String, Class<?>>> KNOWN = new ConcurrentHashMap<>();

    private static final Map<Class<?>, String> SUBJECTS = new ConcurrentHashMap<>();

    private EventTypes() {}

    /// The name of an event's type.
    ///
    /// @throws IllegalStateException when the record carries no [EventType]
    public static String nameOf(Class<?> event) {
        @Nullable EventType type = event.getAnnotation(EventType.class);
        if (type == null) throw new IllegalStateException(event + " carries no @EventType");
        return type.value();
    }

    /// The record of a sealed interface that has this name; empty when it has none of that name.
    public static <E> Optional<Class<? extends E>> find(Class<E> sealed, String name) {
        @Nullable Class<?> found = of(sealed).get(name);
        return found == null ? Optional.empty() : Optional.of(found.asSubclass(sealed));
    }

    /// Every record of a sealed interface by its name.
    public static Map<String, Class<?>> of(Class<?> sealed) {
        return KNOWN.computeIfAbsent(
                sealed, it -> records(it).collect(Collectors.toMap(EventTypes::nameOf, record -> record)));
    }

    /// An aggregate as the envelope names it, `<aggregate>/<id>`; the first part is that of its events' names.
    public static String subjectOf(Aggregate<?> aggregate) {
        return aggregateOf(aggregate.getClass()) + "/" + aggregate.id();
    }

    /// The name of a kind of aggregate, the first part of its subjects.
    public static String aggregateOf(Class<?> aggregate) {
        return SUBJECTS.computeIfAbsent(
                aggregate, it -> of(eventsOf(it)).keySet().iterator().next().split("\\.", -1)[1]);
    }

    /// The sealed interface of everything that can happen to a kind of aggregate.
    public static Class<? extends DomainEvent> eventsOf(Class<?> aggregate) {
        if (aggregate.getGenericSuperclass() instanceof ParameterizedType parent
                && parent.getActualTypeArguments()[0] instanceof Class<?> events)
            return events.asSubclass(DomainEvent.class);
        throw new IllegalStateException(aggregate + " does not extend Aggregate<its events>");
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(EventTypes::records)
                : Stream.of(type);
    }
}
