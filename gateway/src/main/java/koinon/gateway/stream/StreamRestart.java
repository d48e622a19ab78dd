package koinon.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import koinon.eventing.document.EventJson;
import koinon.eventing.value.Sentence;

/// Why a stream cannot go on after the event that its client names, and begins anew. A browser that got an error
/// instead would never ask again.
enum StreamRestart {
    UNREADABLE("unreadable", "Last-Event-ID is no id of this stream."),
    OTHER_TOPICS("other-topics", "Last-Event-ID is of other topics or of another number of partitions."),
    AHEAD("ahead", "Last-Event-ID is later than all that has happened here.");

    private static final String WHAT_NOW = " The stream begins anew: read again what you show.";

    private final String cause;
    private final String text;

    /// @param cause the second level of the key of its sentence
    StreamRestart(String cause, String text) {
        this.cause = cause;
        this.text = text;
    }

    /// An event of its own, without an id.
    byte[] event() {
        String data = EventJson.mapper()
                .writeValueAsString(Map.of("reason", Sentence.of("stream-restarted." + cause, text + WHAT_NOW)));
        return ("event: restarted\ndata: " + data + "\n\n").getBytes(UTF_8);
    }

    /// Thrown for an id that leads nowhere.
    static final class Needed extends Exception {

        private static final long serialVersionUID = 1;

        private final StreamRestart why;

        Needed(StreamRestart why) {
            super(why.name(), null, false, false);
            this.why = why;
        }

        StreamRestart why() {
            return why;
        }
    }
}
