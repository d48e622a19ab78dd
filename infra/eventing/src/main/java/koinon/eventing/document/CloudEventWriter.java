package koinon.eventing.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import koinon.eventing.actor.Mandate;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventTypes;
import koinon.eventing.model.OutboxEntry;
import koinon.eventing.model.Position;
import koinon.eventing.rule.RuleViolation;
import org.jspecify.annotations.Nullable;

/// Writes the final text of events: CloudEvents 1.0 in Kafka's binary mode. Each contains the hash of the event
/// before it.
public final class CloudEventWriter {

    /// The most bytes of an event, headers counted. The command of a larger one is refused.
    static final int MOST_BYTES = 256 * 1024;

    private CloudEventWriter() {}

    /// Turns what was raised into outbox entries of the same aggregate.
    static void seal(
            Aggregate<?> aggregate, String service, @Nullable EventEnvelope cause, @Nullable String traceparent) {
        List<OutboxEntry> entries = new ArrayList<>();
        @Nullable String previous = aggregate.lastHash();
        String next = "";
        for (Aggregate.Raised<?> raised : aggregate.raised()) {
            String type = EventTypes.nameOf(raised.event().getClass());
            String data = EventJson.mapper().writeValueAsString(raised.event());
            byte[] value = data.getBytes(StandardCharsets.UTF_8);
            Map<String, String> headers = new TreeMap<>();
            String subject = EventTypes.subjectOf(aggregate);
            headers.put("ce_specversion", "1.0");
            headers.put("ce_id", new Position(subject, raised.sequence()).toString());
            headers.put("ce_source", "/koinon/" + service);
            headers.put("ce_subject", subject);
            headers.put("ce_type", type);
            headers.put("ce_time", raised.at().toString());
            headers.put("ce_sequence", Long.toString(raised.sequence()));
            headers.put("ce_actor", raised.by().id());
            @Nullable Mandate acting = raised.by().acting();
            if (acting != null) {
                headers.put("ce_mandate", acting.id() + ":" + acting.right());
                if (acting.substituteOf() != null) headers.put("ce_on_behalf_of", acting.substituteOf());
            }
            if (cause != null) headers.put("ce_cause", cause.position().toString());
            if (raised.after().state() != null)
                headers.put("ce_state", raised.after().state());
            if (!raised.parts().isEmpty()) headers.put("ce_parts", listed(raised.parts()));
            if (!raised.after().sums().isEmpty())
                headers.put("ce_sums", listed(raised.after().sums()));
            next = EventJson.mapper().writeValueAsString(raised.next());
            headers.put("ce_next", next);
            if (previous != null) headers.put("ce_previous", previous);
            previous = hash(headers, value);
            if (size(headers) + value.length > MOST_BYTES)
                throw new RuleViolation(
                        "too-large", "The event of this command would be larger than 256 KB; shorten its texts.");
            headers.put("content-type", "application/json");
            if (traceparent != null) headers.put("traceparent", traceparent);
            entries.add(new OutboxEntry(raised.sequence(), headers, data));
        }
        if (!entries.isEmpty() && previous != null) aggregate.sealed(entries, previous, digest(next));
    }

    /// Whether the next actions of an aggregate differ from those that its last event contains.
    static boolean hasNewNextActions(Aggregate<?> aggregate) {
        @Nullable String published = aggregate.publishedNext();
        return published == null ? !aggregate.actions().isEmpty() : !published.equals(digest(nextActions(aggregate)));
    }

    /// The next actions of an aggregate, as an event contains them.
    public static String nextActions(Aggregate<?> aggregate) {
        return EventJson.mapper().writeValueAsString(aggregate.actions());
    }

    /// `name=value`, sorted by name and joined by commas.
    private static String listed(Map<String, ?> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .collect(Collectors.joining(","));
    }

    private static int size(Map<String, String> headers) {
        return headers.values().stream()
                .mapToInt(it -> it.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static String digest(String text) {
        return hash(Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    /// The hash that the next event of the aggregate names in `ce_previous`: base64url SHA-256 over the `ce_*`
    /// headers, sorted, each as `name=value` and a line feed, then the SHA-256 of the bytes of the value. Who is
    /// not shown the value can check the chain with its digest.
    public static String hash(Map<String, String> headers, byte[] value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] ofValue = digest.digest(value);
            new TreeMap<>(headers).forEach((name, it) -> {
                if (name.startsWith("ce_")) digest.update((name + "=" + it + "\n").getBytes(StandardCharsets.UTF_8));
            });
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(ofValue));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
