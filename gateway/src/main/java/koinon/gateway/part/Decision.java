package koinon.gateway.part;

import java.time.Instant;
import koinon.gateway.audience.Reason;
import koinon.gateway.reading.Message;
import org.jspecify.annotations.Nullable;

/// That somebody decided something, and why.
///
/// @param type of the event, which says who may see it
/// @param mandate under which it was decided; absent where it followed by itself
public record Decision(
        String type,
        Instant at,
        @Nullable String mandate,
        @Nullable Reason reason) {

    static Decision of(Message message, @Nullable String reason) {
        return new Decision(message.type(), message.at(), message.mandate(), message.reason(reason));
    }
}
