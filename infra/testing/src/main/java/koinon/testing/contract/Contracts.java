package koinon.testing.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The published language as data, `infra/contracts/<service>/<type>.json`, and what a publisher's and a reader's
/// test must hold against it.
///
/// ```
/// Contracts.publishes("cities", CityEvent.class, mapper::writeValueAsString, new CityLeft("..."), ...);
/// Contracts.readsAll("cities", CityListener.Foreign.class, mapper::readValue);
/// ```
public final class Contracts {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Contracts() {}

    /// Turns an event's text into a record of the reader; a mapper's `readValue` is one.
    @FunctionalInterface
    public interface Reading {
        Object read(String json, Class<?> type);
    }

    /// Holds the events of a sealed interface against their contracts: every record has a file, every file of these
    /// aggregates has a record, and each event given here becomes exactly the newest sample of its type, byte
    /// for byte.
    ///
    /// @param service whose folder of contracts it is
    /// @param events the sealed interface
    /// @param json what turns an event into the text that is published
    /// @param newest one event of each type, as its newest sample says
    public static void publishes(String service, Class<?> events, Function<Object, String> json, Object... newest) {
        Map<String, Class<?>> records = recordsOf(events);
        List<String> aggregates =
                records.keySet().stream().map(Contract::aggregateOf).distinct().toList();
        Map<String, Contract> contracts = of(service).stream()
                .filter(it -> aggregates.contains(it.aggregate()))
                .collect(Collectors.toMap(Contract::type, it -> it));
        assertThat(contracts.keySet())
                .as("contract files in infra/contracts/%s and records of %s", service, events.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(records.keySet());
        assertThat(Stream.of(newest).map(Object::getClass))
                .as("one event of each type of %s", events.getSimpleName())
                .containsExactlyInAnyOrderElementsOf(records.values());
        for (Object event : newest) {
            Contract contract = requireNonNull(contracts.get(typeOf(event.getClass())));
            assertThat(contract.flaws()).isEmpty();
            Set<String> texts = new TreeSet<>();
            freeTexts("", event.getClass(), texts);
            assertThat(texts)
                    .as(
                            "texts of %s that a person writes (@FreeText), and x-redactable of its contract",
                            contract.type())
                    .isEqualTo(contract.redactable());
            assertThat(json.apply(event))
                    .as("%s as it is published, and its newest example", contract.type())
                    .isEqualTo(contract.examples().getLast());
        }
    }

    /// Reads every sample ever published of every type that a reader's sealed interface names, each once as it is
    /// and once with a field that nobody knows yet. What the reader does not mark `@Nullable` must be there.
    ///
    /// @param service whose topic is read
    /// @param foreign the reader's own sealed interface
    /// @return what was read
    public static List<Object> readsAll(String service, Class<?> foreign, Reading reading) {
        Map<String, Contract> contracts = of(service).stream().collect(Collectors.toMap(Contract::type, it -> it));
        List<Object> read = new ArrayList<>();
        recordsOf(foreign).forEach((type, record) -> {
            assertThat(contracts).as("contracts of %s", service).containsKey(type);
            Contract contract = requireNonNull(contracts.get(type));
            for (var component : record.getRecordComponents())
                assertThat(contract.schema().path("properties").has(component.getName()))
                        .as("%s has a field %s, which %s reads", type, component.getName(), record.getName())
                        .isTrue();
            for (String example : contract.examples()) {
                ObjectNode later = (ObjectNode) JSON.readTree(example);
                later.put("addedByALaterVersion", "nobody knows this field");
                Object event = reading.read(example, record);
                assertThat(missing(record.getSimpleName(), event))
                        .as("left empty when %s is read", type)
                        .isEmpty();
                assertThat(reading.read(text(later), record)).isEqualTo(event);
                read.add(event);
            }
        });
        return read;
    }

    /// Every contract of every service, by service and type.
    static List<Contract> all() {
        try (Stream<Path> folders = Files.list(folder())) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .flatMap(it -> of(it.getFileName().toString()).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The contracts of one service, by type.
    static List<Contract> of(String service) {
        Path folder = folder().resolve(service);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it ->
                            it.toString().endsWith(".json") && !it.toString().endsWith(".states.json"))
                    .map(it -> read(service, it))
                    .sorted(Comparator.comparing(Contract::type))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("No contracts of " + service, e);
        }
    }

    private static Contract read(String service, Path file) {
        String name = file.getFileName().toString();
        try {
            return new Contract(
                    service, name.substring(0, name.length() - ".json".length()), file, parse(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `infra/contracts`, seen from whichever module is tested.
    public static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        for (@Nullable Path at = here; at != null; at = at.getParent())
            if (Files.isDirectory(at.resolve("infra/contracts"))) return at.resolve("infra/contracts");
        throw new IllegalStateException("There is no infra/contracts in or above " + here);
    }

    public static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    /// Compact text, decimals as they were written.
    static String text(JsonNode node) {
        return JSON.writeValueAsString(node);
    }

    /// The records of a sealed interface, at whichever level, by the name in their `@EventType`.
    static Map<String, Class<?>> recordsOf(Class<?> sealed) {
        return leaves(sealed)
                .collect(Collectors.toMap(
                        Contracts::typeOf,
                        it -> it,
                        (one, other) -> {
                            throw new AssertionError(one + " and " + other + " have one @EventType");
                        },
                        TreeMap::new));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Contracts::leaves) : Stream.of(type);
    }

    /// The pointers of the texts of a record that a person writes.
    private static void freeTexts(String pointer, Class<?> record, Set<String> into) {
        if (!record.isRecord()) return;
        for (RecordComponent it : record.getRecordComponents()) {
            String here = pointer + "/" + it.getName();
            if (Stream.of(it.getAnnotations())
                    .anyMatch(one -> one.annotationType().getSimpleName().equals("FreeText"))) into.add(here);
            if (it.getGenericType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> item) freeTexts(here + "/*", item, into);
            else freeTexts(here, it.getType(), into);
        }
    }

    // By name, for the annotation is in eventing, on which testing does not depend.
    private static String typeOf(Class<?> event) {
        for (Annotation annotation : event.getAnnotations())
            if (annotation.annotationType().getSimpleName().equals("EventType"))
                try {
                    return (String)
                            annotation.annotationType().getMethod("value").invoke(annotation);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
        throw new AssertionError(event + " carries no @EventType");
    }

    private static List<String> missing(String path, @Nullable Object value) {
        if (value instanceof Collection<?> several)
            return several.stream()
                    .flatMap(it -> missing(path + "[]", it).stream())
                    .toList();
        if (value == null) return List.of(path);
        if (!value.getClass().isRecord()) return List.of();
        return Stream.of(value.getClass().getRecordComponents())
                .flatMap(it -> {
                    try {
                        it.getAccessor().setAccessible(true);
                        @Nullable Object part = it.getAccessor().invoke(value);
                        return part == null && it.getAnnotatedType().isAnnotationPresent(Nullable.class)
                                ? Stream.<String>empty()
                                : missing(path + "." + it.getName(), part).stream();
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }
}
