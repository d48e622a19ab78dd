package koinon.gateway.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import koinon.platform.document.EventJson;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Who may see which fact, as the contracts say: `x-audience` at an event and at a property of it,
/// `x-audience-approved`
/// for the time after the approval, `x-owner` for the city or the funder that always sees it. An event without a
/// contract is for the network only. Nothing else of the gateway decides who sees what.
public final class Contracts {

    private static final String ITEM = "/*";
    /// Decimals stay as they were written.
    private static final JsonMapper JSON = EventJson.mapper()
            .rebuild()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Contracts PUBLISHED = read();

    private final Map<String, Map<String, Rule>> rules;

    /// Who may see a fact.
    ///
    /// @param owner names whom it belongs to, beside it: `1/city`
    private record Rule(
            Audience before, Audience approved, @Nullable String owner) {

        private static final Rule NETWORK = new Rule(Audience.NETWORK, Audience.NETWORK, null);

        boolean admits(Reader reader, boolean isApproved, @Nullable String of) {
            Audience widest = isApproved ? approved : before;
            // Before the approval nothing is public.
            if (!isApproved && widest == Audience.PUBLIC) widest = Audience.PARTICIPANTS;
            return reader.audience().sees(widest) || (owner != null && reader.actsFor(of));
        }
    }

    private Contracts(Map<String, Map<String, Rule>> rules) {
        this.rules = Map.copyOf(rules);
    }

    /// Those that come with the gateway.
    public static Contracts published() {
        return PUBLISHED;
    }

    private static Contracts read() {
        var rules = new HashMap<String, Map<String, Rule>>();
        var json = JsonMapper.builder().build();
        try {
            for (Resource it :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:contracts/*/*.json")) {
                String name = String.valueOf(it.getFilename());
                try (var in = it.getInputStream()) {
                    var facts = new HashMap<String, Rule>();
                    collect("", json.readTree(in), facts);
                    rules.put(name.substring(0, name.length() - ".json".length()), Map.copyOf(facts));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Contracts(rules);
    }

    private static void collect(String pointer, JsonNode schema, Map<String, Rule> into) {
        if (schema.has("x-audience")) {
            Audience before = audience(schema.path("x-audience").asString());
            into.put(
                    pointer,
                    new Rule(
                            before,
                            schema.has("x-audience-approved")
                                    ? audience(
                                            schema.path("x-audience-approved").asString())
                                    : before,
                            schema.has("x-owner") ? schema.path("x-owner").asString() : null));
        }
        schema.path("properties")
                .propertyStream()
                .forEach(it -> collect(pointer + "/" + it.getKey(), it.getValue(), into));
        if (schema.has("items")) collect(pointer + ITEM, schema.path("items"), into);
    }

    private static Audience audience(String name) {
        return switch (name) {
            case "public" -> Audience.PUBLIC;
            case "partners" -> Audience.PARTICIPANTS;
            case "funders" -> Audience.FUNDERS;
            default -> Audience.NETWORK;
        };
    }

    /// Whether events of this type are public once their project is approved.
    public boolean isPublic(String type) {
        return event(type).approved() == Audience.PUBLIC;
    }

    /// Whether a reader may know of an event of this type.
    ///
    /// @param approved whether the project is
    public boolean shows(String type, Reader reader, boolean approved) {
        return event(type).admits(reader, approved, null);
    }

    /// Whether a reader may see a fact.
    ///
    /// @param fact `<event type>#<pointer>`, or an event's type alone
    /// @param owner whom it belongs to, `city/<id>` or `funder/<id>`; absent for nobody
    public boolean shows(String fact, Reader reader, boolean approved, @Nullable String owner) {
        int end = fact.indexOf('#');
        String type = end < 0 ? fact : fact.substring(0, end);
        if (!shows(type, reader, approved)) return false;
        String pointer = end < 0 ? "" : fact.substring(end + 1);
        Map<String, Rule> facts = rules.getOrDefault(type, Map.of());
        // What is not said of a property is said of what it is in.
        for (int to = pointer.length(); to > 0; to = pointer.lastIndexOf('/', to - 1)) {
            @Nullable Rule rule = facts.get(pointer.substring(0, to));
            if (rule != null) return rule.admits(reader, approved, owner);
        }
        return true;
    }

    /// An event without what a reader may not see of it.
    ///
    /// @param text the event's JSON, which the reader may know of
    public String shown(String type, String text, Reader reader, boolean approved) {
        Map<String, Rule> facts = rules.getOrDefault(type, Map.of());
        if (facts.size() < 2 || reader.audience() == Audience.NETWORK) return text;
        JsonNode event = JSON.readTree(text);
        hide("", event, facts, reader, approved);
        return JSON.writeValueAsString(event);
    }

    private static void hide(String pointer, JsonNode node, Map<String, Rule> facts, Reader reader, boolean approved) {
        if (node.isArray()) node.forEach(it -> hide(pointer + ITEM, it, facts, reader, approved));
        if (!(node instanceof ObjectNode object)) return;
        List<String> hidden = object.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> {
                    @Nullable Rule rule = facts.get(pointer + "/" + name);
                    return rule != null && !rule.admits(reader, approved, owner(rule, object));
                })
                .toList();
        object.remove(hidden);
        object.propertyStream()
                .forEach(it -> hide(pointer + "/" + it.getKey(), it.getValue(), facts, reader, approved));
    }

    /// Whom a property belongs to, as the object that it is in names it.
    private static @Nullable String owner(Rule rule, ObjectNode in) {
        if (rule.owner() == null) return null;
        String name = rule.owner().substring(rule.owner().indexOf('/') + 1);
        return (name.equals("funder") ? "funder/" : "city/") + in.path(name).asString("");
    }

    private Rule event(String type) {
        return rules.getOrDefault(type, Map.of()).getOrDefault("", Rule.NETWORK);
    }
}
