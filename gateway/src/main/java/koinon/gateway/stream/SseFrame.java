package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import koinon.eventing.document.EventJson;
import koinon.gateway.audience.Reader;
import koinon.gateway.status.RenderedStatus;
import koinon.gateway.status.Rendering;

/// A status, or its item in a list, as a server-sent event, in rendered pieces that are sent without a copy.
final class SseFrame {

    private static final byte[] UNCONFIRMED = ",\"unconfirmed\":true".getBytes(UTF_8);
    private static final byte[] AFTER = "}\n\n".getBytes(UTF_8);

    private final byte[] head;
    private final byte[] content;
    private final byte[] tail;

    private SseFrame(byte[] head, byte[] content, byte[] tail) {
        this.head = head;
        this.content = content;
        this.tail = tail;
    }

    /// What the events of a stream contain.
    enum Content {
        STATUSES("status"),
        ITEMS("item");

        private final String name;

        Content(String name) {
            this.name = name;
        }

        /// Everything before the content.
        ///
        /// @param confirmed whether the read model was compared with what the services have published
        byte[] head(Map<String, Instant> asOf, boolean confirmed) {
            var head = new ByteArrayOutputStream();
            head.writeBytes(("event: " + name + "\ndata: {\"asOf\":").getBytes(UTF_8));
            head.writeBytes(EventJson.mapper().writeValueAsBytes(asOf));
            if (!confirmed) head.writeBytes(UNCONFIRMED);
            head.writeBytes((",\"" + name + "\":").getBytes(UTF_8));
            return head.toByteArray();
        }

        /// @param head from [#head]
        SseFrame frame(byte[] head, RenderedStatus of, Reader reader) {
            Rendering status = of.rendering(reader);
            return this == STATUSES
                    ? new SseFrame(head, status.bytes(), AFTER)
                    : new SseFrame(head, of.item(reader).bytes(), etag(status));
        }

        private static byte[] etag(Rendering status) {
            return (",\"etag\":\"" + status.etag().replace("\"", "\\\"") + "\"}\n\n").getBytes(UTF_8);
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(head);
        out.write(content);
        out.write(tail);
    }
}
