package koinon.eventing.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.document.EventJson;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventTypes;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.rule.RuleViolation;
import org.jspecify.annotations.Nullable;

/// The states of an aggregate and of its parts, as the code defines them: a Mermaid diagram for the canvas and the
/// flags of each state as data for readers of the events. A test that uses it fails while what is written is stale;
/// with `-Dcontracts.write=true` it writes it.
public final class StateDiagram {

    private static final boolean WRITE = Boolean.getBoolean("contracts.write");

    private final String aggregate;
    private final Set<String> hidden = new TreeSet<>();
    private final Map<String, Machine> machines = new LinkedHashMap<>();

    /// @param edges the events that lead from one state to another, by `<from> --> <to>`
    private record Machine(List<Enum<?>> states, Map<String, Set<String>> edges) {}

    private StateDiagram(String aggregate) {
        this.aggregate = aggregate;
    }

    /// @param after the state after an event; throws where the state does not allow the event
    public static <S extends Enum<S> & Lifecycle<S>, E extends DomainEvent> StateDiagram of(
            String aggregate, Class<E> events, S[] states, BiFunction<S, E, S> after) {
        return new StateDiagram(aggregate).part("", events, states, after);
    }

    /// Adds the states of a kind of part.
    public <S extends Enum<S> & Lifecycle<S>, E extends DomainEvent> StateDiagram part(
            String kind, Class<E> events, S[] states, BiFunction<S, E, S> after) {
        Map<String, Set<String>> edges = new LinkedHashMap<>();
        for (S from : states)
            for (Class<?> event : EventTypes.of(events).values().stream()
                    .sorted((a, b) -> EventTypes.nameOf(a).compareTo(EventTypes.nameOf(b)))
                    .toList())
                for (Object sample : samples(event)) {
                    @Nullable S to = next(from, events.cast(sample), after);
                    if (to == null || to == from) continue;
                    edges.computeIfAbsent(from.name() + " --> " + to.name(), _ -> new TreeSet<>())
                            .add(EventTypes.nameOf(event).split("\\.", -1)[2]);
                }
        machines.put(kind, new Machine(List.of(states), edges));
        return this;
    }

    /// Leaves out the state of a placeholder, which is never published.
    public StateDiagram without(Enum<?> placeholder) {
        hidden.add(placeholder.name());
        return this;
    }

    private static <S, E> @Nullable S next(S from, E event, BiFunction<S, E, S> after) {
        try {
            return after.apply(from, event);
        } catch (RuleViolation _) {
            return null;
        }
    }

    /// The event with empty values, and once with each truth value: a lifecycle looks at nothing else of it.
    private static List<Object> samples(Class<?> event) {
        boolean isTwofold = Stream.of(event.getRecordComponents()).anyMatch(it -> it.getType() == boolean.class);
        List<Object> samples = new ArrayList<>();
        for (boolean truth : isTwofold ? new boolean[] {false, true} : new boolean[] {false}) {
            RecordComponent[] components = event.getRecordComponents();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Object[] values = Arrays.stream(types).map(it -> empty(it, truth)).toArray();
            try {
                var constructor = event.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                samples.add(constructor.newInstance(values));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(event + " cannot be made of empty values", e);
            }
        }
        return samples;
    }

    private static @Nullable Object empty(Class<?> type, boolean truth) {
        if (type == boolean.class) return truth;
        if (type == int.class) return 0;
        if (type == List.class) return List.of();
        return type == Map.class ? Map.of() : null;
    }

    /// Checks or writes both.
    ///
    /// @param contracts folder of the service's contracts
    /// @param canvas page of the service, with the marks `<!-- states:<aggregate> -->` and
    ///     `<!-- /states:<aggregate> -->`
    public void isWrittenIn(Path contracts, Path canvas) {
        is(contracts.resolve(aggregate + ".states.json"), data());
        String page = read(canvas);
        String begin = "<!-- states:" + aggregate + " -->\n";
        String end = "<!-- /states:" + aggregate + " -->";
        assertThat(page).as("%s has a place for the diagram", canvas).contains(begin, end);
        is(
                canvas,
                page.substring(0, page.indexOf(begin) + begin.length())
                        + diagram()
                        + page.substring(page.indexOf(end)));
    }

    private String data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("states", flags(machines.get("")));
        Map<String, Object> parts = new TreeMap<>();
        machines.forEach((kind, it) -> {
            if (!kind.isEmpty()) parts.put(kind, flags(it));
        });
        data.put("parts", parts);
        return EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(data) + "\n";
    }

    private Map<String, Object> flags(@Nullable Machine machine) {
        Map<String, Object> states = new LinkedHashMap<>();
        if (machine == null) return states;
        for (Enum<?> it : machine.states()) {
            if (hidden.contains(it.name())) continue;
            Map<String, Object> flags = new LinkedHashMap<>();
            Lifecycle<?> state = (Lifecycle<?>) it;
            if (!state.flags().isEmpty()) flags.put("flags", new TreeSet<>(state.flags()));
            if (state.risk() != null) flags.put("risk", state.risk());
            states.put(it.name(), flags);
        }
        return states;
    }

    private String diagram() {
        StringBuilder text = new StringBuilder();
        machines.forEach((kind, machine) -> {
            String initial = machine.states().getFirst().name();
            text.append("```mermaid\n---\ntitle: ")
                    .append(kind.isEmpty() ? aggregate : aggregate + ", " + kind)
                    .append("\n---\nstateDiagram-v2\n");
            if (!hidden.contains(initial))
                text.append("    [*] --> ").append(initial).append('\n');
            machine.edges().forEach((edge, events) -> {
                boolean fromHidden = hidden.contains(edge.substring(0, edge.indexOf(' ')));
                text.append("    ")
                        .append(fromHidden ? "[*]" + edge.substring(edge.indexOf(' ')) : edge)
                        .append(": ")
                        .append(events.stream().collect(Collectors.joining(", ")))
                        .append('\n');
            });
            text.append("```\n\n");
        });
        return text.toString();
    }

    private static void is(Path file, String expected) {
        try {
            if (WRITE) Files.writeString(file, expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(file).as("write it with -Dcontracts.write=true").hasContent(expected);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
