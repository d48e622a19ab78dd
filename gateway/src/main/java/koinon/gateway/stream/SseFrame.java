package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import koinon.eventing.document.EventJson;

/// A status as a server-sent event, in rendered pieces that are sent without a copy.
final class SseFrame {

    private static final byte[] BEFORE = "event: status\ndata: {\"asOf\":".getBytes(UTF_8);
    private static final byte[] UNCONFIRMED = ",\"unconfirmed\":true".getBytes(UTF_8);
    private static final byte[] BETWEEN = ",\"status\":".getBytes(UTF_8);
    private static final byte[] AFTER = "}\n\n".getBytes(UTF_8);

    private final byte[] head;
    private final byte[] status;

    /// @param head from [#head]
    /// @param status the bytes; must not change
    SseFrame(byte[] head, byte[] status) {
        this.head = head;
        this.status = status;
    }

    /// Everything before the status.
    ///
    /// @param confirmed whether the read model was compared with what the services have published
    static byte[] head(Map<String, Instant> asOf, boolean confirmed) {
        var head = new ByteArrayOutputStream();
        head.writeBytes(BEFORE);
        head.writeBytes(EventJson.mapper().writeValueAsBytes(asOf));
        if (!confirmed) head.writeBytes(UNCONFIRMED);
        head.writeBytes(BETWEEN);
        return head.toByteArray();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(head);
        out.write(status);
        out.write(AFTER);
    }
}
