package koinon.eventing.trace;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// The trace of a request or an event, as `traceparent` of W3C Trace Context. It comes with a request or begins
/// there, and is passed on in the envelope of each event that the request raises and of the events that follow.
public final class Trace {

    /// The header of requests, and of events.
    public static final String HEADER = "traceparent";

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String ATTRIBUTE = Trace.class.getName();

    private Trace() {}

    /// Until it is closed, log lines of this thread contain trace and event.
    public static final class Logged implements AutoCloseable {

        private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

        private Logged(@Nullable String traceparent, @Nullable String event) {
            if (traceparent != null) MDC.put("trace.id", idOf(traceparent));
            if (event != null) MDC.put("event.id", event);
        }

        @Override
        public void close() {
            if (before == null) MDC.clear();
            else MDC.setContextMap(before);
        }
    }

    /// The trace of a request: the caller's, or a new one that stays with the request.
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String known) return known;
        @Nullable String sent = request.getHeader(HEADER);
        String trace = sent != null && FORM.matcher(sent).matches() ? sent : begun();
        request.setAttribute(ATTRIBUTE, trace);
        return trace;
    }

    /// The trace id of a `traceparent`.
    public static String idOf(String traceparent) {
        return FORM.matcher(traceparent).matches() ? traceparent.substring(3, 35) : "malformed";
    }

    /// Log lines contain the trace and the id of this event, if its envelope can be read.
    public static Logged logged(ConsumerRecord<?, ?> event) {
        return new Logged(header(event, HEADER), header(event, "ce_id"));
    }

    public static Logged logged(String traceparent) {
        return new Logged(traceparent, null);
    }

    private static @Nullable String header(ConsumerRecord<?, ?> event, String name) {
        @Nullable Header header = event.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String begun() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return "00-%s%s-%s-01"
                .formatted(
                        hex.toHexDigits(random.nextLong()),
                        hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)),
                        hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)));
    }
}
