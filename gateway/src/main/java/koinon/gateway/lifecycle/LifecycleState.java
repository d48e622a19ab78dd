package koinon.gateway.lifecycle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import koinon.eventing.action.NextAction;
import koinon.eventing.document.EventJson;
import koinon.eventing.redaction.Redactions;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The state of an aggregate, of its parts, and its next actions, as the envelopes of its events say them.
///
/// @param state name of its state; empty where it has none
/// @param since time of the event that led to the state
/// @param parts the state of each part, by `<kind>/<id>`
/// @param sums its sums of money, by name; empty where it has none
/// @param next the next actions as JSON, which takes less memory than objects
public record LifecycleState(
        String state, Instant since, SortedMap<String, String> parts, Map<String, Money> sums, String next) {

    /// Before the first event.
    public static final LifecycleState NONE =
            new LifecycleState("", Instant.EPOCH, Collections.emptySortedMap(), Map.of(), "[]");

    private static final TypeReference<List<NextAction>> ACTIONS = new TypeReference<>() {};

    /// What the envelope of one event says.
    ///
    /// @param parts the states of the parts that it changed; empty text for a part that is gone
    public record Change(@Nullable String state, Map<String, String> parts, Map<String, Money> sums, String next) {

        /// @param headers the headers of the event, by name
        public static Change of(Map<String, String> headers) {
            @Nullable String state = headers.get("ce_state");
            return new Change(
                    // Interned, because few values repeat in all events.
                    state == null ? null : state.intern(),
                    listed(headers.get("ce_parts")),
                    amounts(listed(headers.get("ce_sums"))),
                    headers.getOrDefault("ce_next", "[]"));
        }

        /// The same with next actions whose sentences do not name texts that are redacted.
        public Change without(Redactions redactions) {
            if (redactions.digests().isEmpty() || next.equals("[]")) return this;
            JsonNode actions = EventJson.mapper().readTree(next);
            return redact(actions, redactions)
                    ? new Change(state, parts, sums, EventJson.mapper().writeValueAsString(actions))
                    : this;
        }

        /// @return whether something was redacted
        private static boolean redact(JsonNode node, Redactions redactions) {
            boolean changed = false;
            for (JsonNode it : node) changed |= redact(it, redactions);
            if (!(node instanceof ObjectNode sentence) || !(node.get("values") instanceof ObjectNode values))
                return changed;
            String text = sentence.path("text").asString("");
            for (Map.Entry<String, JsonNode> it : values.properties()) {
                String value = it.getValue().asString("");
                if (redactions.shown(value).equals(value)) continue;
                it.setValue(StringNode.valueOf(Redactions.MARK));
                text = text.replace(value, Redactions.MARK);
                changed = true;
            }
            if (changed) sentence.put("text", text);
            return changed;
        }

        private static Map<String, String> listed(@Nullable String text) {
            if (text == null || text.isEmpty()) return Map.of();
            var values = new TreeMap<String, String>();
            for (String it : text.split(",", -1)) {
                int at = it.indexOf('=');
                if (at > 0) values.put(it.substring(0, at), it.substring(at + 1).intern());
            }
            return values;
        }

        private static Map<String, Money> amounts(Map<String, String> texts) {
            var amounts = new TreeMap<String, Money>();
            texts.forEach((name, text) -> {
                String[] amount = text.split(" ", 2);
                if (amount.length == 2) amounts.put(name, new Money(new BigDecimal(amount[0]), amount[1]));
            });
            return amounts;
        }
    }

    /// The state after an event; this object if the event changed nothing.
    public LifecycleState after(Change change, Instant at) {
        String next = change.state() == null ? state : change.state();
        boolean moved = !next.equals(state);
        SortedMap<String, String> nextParts = parts;
        if (!change.parts().isEmpty()) {
            nextParts = new TreeMap<>(parts);
            for (var it : change.parts().entrySet())
                if (it.getValue().isEmpty()) nextParts.remove(it.getKey());
                else nextParts.put(it.getKey(), it.getValue());
        }
        var after = new LifecycleState(next, moved ? at : since, nextParts, change.sums(), change.next());
        return after.equals(this) ? this : after;
    }

    /// The state of a part; absent if there is no such part.
    public @Nullable String part(String part) {
        return parts.get(part);
    }

    /// The next actions.
    public List<NextAction> nextActions() {
        return next.equals("[]") ? List.of() : EventJson.mapper().readValue(next, ACTIONS);
    }
}
