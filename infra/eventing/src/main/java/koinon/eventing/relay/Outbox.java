package koinon.eventing.relay;

import java.util.List;
import koinon.eventing.model.OutboxEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/// An aggregate's document, read for its outbox only.
record Outbox(@Id String id, @Nullable List<OutboxEntry> outbox) {

    List<OutboxEntry> entries() {
        return outbox == null ? List.of() : outbox;
    }
}
