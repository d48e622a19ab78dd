package koinon.eventing.redaction;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Transient;

/// Replaces every [FreeText] in a value: in records, in what they and collections contain, and in the fields of
/// other objects, except for transient ones. The structure of a class is looked up once.
@SuppressWarnings("ReferenceEquality") // what does not change stays the same object
final class FreeTexts {

    private static final ClassValue<Structure> STRUCTURES = new ClassValue<>() {
        @Override
        protected Structure computeValue(Class<?> type) {
            try {
                return Structure.of(type);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    private FreeTexts() {}

    /// @param constructor the canonical one of a record; absent for another class
    private record Structure(List<Field> fields, @Nullable Constructor<?> constructor) {

        static Structure of(Class<?> type) throws ReflectiveOperationException {
            List<Field> fields = new ArrayList<>();
            @Nullable Constructor<?> constructor = null;
            if (type.isRecord()) {
                RecordComponent[] components = type.getRecordComponents();
                for (RecordComponent it : components) fields.add(type.getDeclaredField(it.getName()));
                constructor = type.getDeclaredConstructor(
                        Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
            } else
                for (@Nullable Class<?> it = type; it != null && !isOfJdk(it); it = it.getSuperclass())
                    Stream.of(it.getDeclaredFields())
                            .filter(field -> !Modifier.isStatic(field.getModifiers()))
                            .filter(field -> !field.isAnnotationPresent(Transient.class))
                            .forEach(fields::add);
            fields.forEach(it -> it.setAccessible(true));
            return new Structure(List.copyOf(fields), constructor);
        }
    }

    /// The value with its texts replaced: a copy of a record or a collection in which something changes; any other
    /// object is changed in place.
    static @Nullable Object replaced(@Nullable Object value, UnaryOperator<String> by) {
        return switch (value) {
            case null -> null;
            case Collection<?> it -> collection(it, by);
            case Map<?, ?> it -> map(it, by);
            case Enum<?> it -> it;
            case Object it when isOfJdk(it.getClass()) -> it;
            case Object it -> object(it, by);
        };
    }

    private static Object collection(Collection<?> before, UnaryOperator<String> by) {
        Collection<@Nullable Object> after = before instanceof List ? new ArrayList<>() : new LinkedHashSet<>();
        boolean changed = false;
        for (Object it : before) {
            @Nullable Object next = replaced(it, by);
            changed |= next != it;
            after.add(next);
        }
        return changed ? after : before;
    }

    private static Object map(Map<?, ?> before, UnaryOperator<String> by) {
        Map<Object, @Nullable Object> after = before instanceof SortedMap ? new TreeMap<>() : new LinkedHashMap<>();
        boolean changed = false;
        for (Map.Entry<?, ?> it : before.entrySet()) {
            @Nullable Object next = replaced(it.getValue(), by);
            changed |= next != it.getValue();
            after.put(it.getKey(), next);
        }
        return changed ? after : before;
    }

    private static Object object(Object before, UnaryOperator<String> by) {
        Structure structure = STRUCTURES.get(before.getClass());
        List<@Nullable Object> after = new ArrayList<>();
        boolean changed = false;
        try {
            for (Field field : structure.fields()) {
                @Nullable Object value = field.get(before);
                @Nullable
                Object next = value instanceof String text
                        ? field.isAnnotationPresent(FreeText.class) ? by.apply(text) : text
                        : replaced(value, by);
                changed |= next != value;
                after.add(next);
                if (next != value && structure.constructor() == null) field.set(before, next);
            }
            return changed && structure.constructor() != null
                    ? structure.constructor().newInstance(after.toArray())
                    : before;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getName().startsWith("java.");
    }
}
