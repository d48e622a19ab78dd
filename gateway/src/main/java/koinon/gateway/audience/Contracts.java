package koinon.gateway.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import koinon.eventing.document.EventJson;
import koinon.eventing.redaction.Redactions;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Decides who may see which fact, as the contracts define it: `x-audience` of an event and of its properties,
/// `x-audience-approved` after the approval of the project, `x-owner` for the city or the funder that always sees
/// the fact. An event without a contract is visible to the network only. No other code of the gateway decides about
/// visibility. It also knows the texts that can be redacted, `x-redactable`.
public final class Contracts {

    private static final String ITEM = "/*";
    /// Keeps decimals as they are written.
    private static final JsonMapper JSON = EventJson.mapper()
            .rebuild()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Contracts PUBLISHED = read();

    private final Map<String, Map<String, Rule>> rules;
    private final Map<String, Set<String>> redactable;

    /// The rule of one fact.
    ///
    /// @param cities whether the partner cities see it, and those of a funder do not
    /// @param owner pointer to the property that names the owner, relative to the object: `1/city`
    private record Rule(
            Audience before,
            Audience approved,
            boolean cities,
            @Nullable String owner) {

        private static final Rule NETWORK = new Rule(Audience.NETWORK, Audience.NETWORK, false, null);

        boolean admits(Reader reader, boolean isApproved, @Nullable String of) {
            Audience widest = isApproved ? approved : before;
            // Before the approval nothing is public.
            if (!isApproved && widest == Audience.PUBLIC) widest = Audience.PARTICIPANTS;
            return reader.audience().sees(widest)
                    || (cities && reader.actsForCity())
                    || (owner != null && reader.actsFor(of));
        }
    }

    private Contracts(Map<String, Map<String, Rule>> rules, Map<String, Set<String>> redactable) {
        this.rules = Map.copyOf(rules);
        this.redactable = Map.copyOf(redactable);
    }

    /// The contracts that are packaged with the gateway.
    public static Contracts published() {
        return PUBLISHED;
    }

    private static Contracts read() {
        var rules = new HashMap<String, Map<String, Rule>>();
        var redactable = new HashMap<String, Set<String>>();
        var json = JsonMapper.builder().build();
        try {
            for (Resource it :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:contracts/*/*.v*.json")) {
                String name = String.valueOf(it.getFilename());
                try (var in = it.getInputStream()) {
                    var facts = new HashMap<String, Rule>();
                    var texts = new HashSet<String>();
                    collect("", json.readTree(in), facts, texts);
                    String type = name.substring(0, name.length() - ".json".length());
                    rules.put(type, Map.copyOf(facts));
                    redactable.put(type, Set.copyOf(texts));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Contracts(rules, redactable);
    }

    private static void collect(String pointer, JsonNode schema, Map<String, Rule> into, Set<String> texts) {
        if (schema.path("x-redactable").asBoolean(false)) texts.add(pointer);
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
                            schema.path("x-audience").asString().equals("cities"),
                            schema.has("x-owner") ? schema.path("x-owner").asString() : null));
        }
        schema.path("properties")
                .propertyStream()
                .forEach(it -> collect(pointer + "/" + it.getKey(), it.getValue(), into, texts));
        if (schema.has("items")) collect(pointer + ITEM, schema.path("items"), into, texts);
    }

    private static Audience audience(String name) {
        return switch (name) {
            case "public" -> Audience.PUBLIC;
            case "partners" -> Audience.PARTICIPANTS;
            case "funders" -> Audience.FUNDERS;
            default -> Audience.NETWORK;
        };
    }

    /// Whether there is a contract of events of this type.
    public boolean knows(String type) {
        return rules.containsKey(type);
    }

    /// Whether events of this type are public after the approval of their project.
    public boolean isPublic(String type) {
        return event(type).approved() == Audience.PUBLIC;
    }

    /// Whether who takes part in a project may see that an event of this type happened.
    public boolean isForParticipants(String type) {
        return Audience.PARTICIPANTS.sees(event(type).before());
    }

    /// Whether a reader may see that an event of this type happened.
    ///
    /// @param approved whether the project is approved
    public boolean shows(String type, Reader reader, boolean approved) {
        return event(type).admits(reader, approved, null);
    }

    /// Whether a reader may see a fact.
    ///
    /// @param fact `<event type>#<pointer>`, or an event type alone
    /// @param owner the owner, `city/<id>` or `funder/<id>`; absent if there is none
    public boolean shows(String fact, Reader reader, boolean approved, @Nullable String owner) {
        int end = fact.indexOf('#');
        String type = end < 0 ? fact : fact.substring(0, end);
        if (!shows(type, reader, approved)) return false;
        String pointer = end < 0 ? "" : fact.substring(end + 1);
        Map<String, Rule> facts = rules.getOrDefault(type, Map.of());
        // A property without a rule has the rule of the object that contains it.
        for (int to = pointer.length(); to > 0; to = pointer.lastIndexOf('/', to - 1)) {
            @Nullable Rule rule = facts.get(pointer.substring(0, to));
            if (rule != null) return rule.admits(reader, approved, owner);
        }
        return true;
    }

    /// The JSON of an event, reduced to the properties that a reader may see.
    ///
    /// @param text the JSON of an event that the reader may see
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

    /// The JSON of an event without the texts that are redacted.
    ///
    /// @param text the JSON of an event
    public String redacted(String type, String text, Redactions redactions) {
        Set<String> texts = redactable.getOrDefault(type, Set.of());
        if (texts.isEmpty() || redactions.digests().isEmpty()) return text;
        JsonNode event = JSON.readTree(text);
        return redact("", event, texts, redactions) ? JSON.writeValueAsString(event) : text;
    }

    /// @return whether something was redacted
    private static boolean redact(String pointer, JsonNode node, Set<String> texts, Redactions redactions) {
        boolean changed = false;
        if (node.isArray()) for (JsonNode it : node) changed |= redact(pointer + ITEM, it, texts, redactions);
        if (!(node instanceof ObjectNode object)) return changed;
        for (Map.Entry<String, JsonNode> it : object.properties()) {
            String below = pointer + "/" + it.getKey();
            String text = it.getValue().asString("");
            if (texts.contains(below) && !redactions.shown(text).equals(text)) {
                it.setValue(StringNode.valueOf(redactions.shown(text)));
                changed = true;
            } else changed |= redact(below, it.getValue(), texts, redactions);
        }
        return changed;
    }

    /// The owner of a property, as the object that contains it names it.
    private static @Nullable String owner(Rule rule, ObjectNode in) {
        if (rule.owner() == null) return null;
        String name = rule.owner().substring(rule.owner().indexOf('/') + 1);
        return (name.equals("funder") ? "funder/" : "city/") + in.path(name).asString("");
    }

    private Rule event(String type) {
        return rules.getOrDefault(type, Map.of()).getOrDefault("", Rule.NETWORK);
    }
}
