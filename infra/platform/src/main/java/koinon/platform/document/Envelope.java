package koinon.platform.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import koinon.platform.model.Aggregate;
import koinon.platform.model.EventTypes;
import koinon.platform.model.Heard;
import koinon.platform.model.Mandate;
import koinon.platform.model.OutboxEntry;
import koinon.platform.model.Position;
import koinon.platform.model.RuleBroken;
import org.jspecify.annotations.Nullable;

/// The final text of events: CloudEvents 1.0 in Kafka's binary mode, each naming the hash of the one before it.
public final class Envelope {

    /// The most bytes that an event may have; its command is refused beyond.
    static final int MOST_BYTES = 256 * 1024;

    private Envelope() {}

    /// Turns what was raised into outbox entries of the same aggregate.
    static void seal(Aggregate<?> aggregate, String service, @Nullable Heard cause, @Nullable String traceparent) {
        List<OutboxEntry> entries = new ArrayList<>();
        @Nullable String previous = aggregate.lastHash();
        for (Aggregate.Raised<?> raised : aggregate.raised()) {
            String type = EventTypes.nameOf(raised.event().getClass());
            String data = EventJson.mapper().writeValueAsString(raised.event());
            byte[] value = data.getBytes(StandardCharsets.UTF_8);
            if (value.length > MOST_BYTES)
                throw new RuleBroken("too-large", "What this says is larger than 256 KB; say it shorter.");
            Map<String, String> headers = new TreeMap<>();
            String subject = EventTypes.subjectOf(aggregate);
            headers.put("ce_specversion", "1.0");
            headers.put("ce_id", new Position(subject, raised.sequence()).toString());
            headers.put("ce_source", "/koinon/" + service);
            headers.put("ce_subject", subject);
            headers.put("ce_type", type);
            headers.put("ce_time", raised.at().toString());
            headers.put("ce_sequence", Long.toString(raised.sequence()));
            headers.put("ce_actor", raised.by().actor());
            @Nullable Mandate acting = raised.by().acting();
            if (acting != null) headers.put("ce_mandate", acting.key());
            if (cause != null) headers.put("ce_cause", cause.position().toString());
            if (previous != null) headers.put("ce_previous", previous);
            previous = hash(headers, value);
            headers.put("content-type", "application/json");
            if (traceparent != null) headers.put("traceparent", traceparent);
            entries.add(new OutboxEntry(raised.sequence(), headers, data));
        }
        if (previous != null) aggregate.sealed(entries, previous);
    }

    /// The hash that the next event of the aggregate names in `ce_previous`: base64url SHA-256 over the `ce_*`
    /// headers, sorted, each as `name=value` and a line feed, then the bytes of the value.
    public static String hash(Map<String, String> headers, byte[] value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(headers).forEach((name, it) -> {
                if (name.startsWith("ce_")) digest.update((name + "=" + it + "\n").getBytes(StandardCharsets.UTF_8));
            });
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
