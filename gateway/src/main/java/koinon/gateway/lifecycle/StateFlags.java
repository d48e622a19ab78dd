package koinon.gateway.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What follows from being in a state, as the services publish it in `contracts/<service>/<aggregate>.states.json`.
public final class StateFlags {

    private static final String SUFFIX = ".states.json";
    private static final StateFlags PUBLISHED = read();

    private final Map<String, Map<String, Flags>> aggregates;

    /// @param flags names of what holds in the state: `over`
    /// @param risk why the state puts a project at risk; absent if it does not
    public record Flags(Set<String> flags, @Nullable Sentence risk) {

        private static final Flags NONE = new Flags(Set.of(), null);

        public Flags {
            flags = flags == null ? Set.of() : Set.copyOf(flags);
        }
    }

    /// @param parts the states of each kind of part, by the kind
    private record States(LinkedHashMap<String, Flags> states, Map<String, LinkedHashMap<String, Flags>> parts) {}

    private StateFlags(Map<String, Map<String, Flags>> aggregates) {
        this.aggregates = Map.copyOf(aggregates);
    }

    /// The flags that are packaged with the gateway.
    public static StateFlags published() {
        return PUBLISHED;
    }

    private static StateFlags read() {
        var aggregates = new HashMap<String, Map<String, Flags>>();
        var json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try {
            for (Resource it :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:contracts/*/*" + SUFFIX)) {
                String name = String.valueOf(it.getFilename());
                String aggregate = name.substring(0, name.length() - SUFFIX.length());
                try (var in = it.getInputStream()) {
                    States states = json.readValue(in, States.class);
                    aggregates.put(aggregate, states.states());
                    states.parts().forEach((kind, of) -> aggregates.put(aggregate + "/" + kind, of));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new StateFlags(aggregates);
    }

    /// Whether a flag holds in a state of this kind of aggregate.
    public boolean has(String aggregate, String state, String flag) {
        return flags(aggregate, state).flags().contains(flag);
    }

    /// Why this state puts a project at risk; absent if it does not.
    ///
    /// @param aggregate kind of the aggregate, or `<kind>/<kind of its part>`
    public @Nullable Sentence risk(String aggregate, String state) {
        return flags(aggregate, state).risk();
    }

    private Flags flags(String aggregate, String state) {
        return aggregates.getOrDefault(aggregate, Map.of()).getOrDefault(state, Flags.NONE);
    }

    /// The names of the states of these kinds of aggregates, in the order of their lifecycles.
    public Set<String> names(String... kinds) {
        var names = new LinkedHashSet<String>();
        for (String it : kinds)
            names.addAll(aggregates.getOrDefault(it, Map.of()).keySet());
        return names;
    }
}
