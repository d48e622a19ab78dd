package koinon.gateway.timeline;

import java.util.List;
import java.util.stream.Collectors;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.reading.Message;
import koinon.platform.document.EventJson;

/// A project's timeline as a reader is shown it, for tests of other packages.
public final class TimelineText {

    private TimelineText() {}

    public static String of(List<Message> messages, Reader reader, boolean approved) {
        return messages.stream()
                .flatMap(it -> Happened.of(it).stream())
                .flatMap(it -> it.entry().shownTo(reader, approved, Contracts.published()).stream())
                .map(EventJson.mapper()::writeValueAsString)
                .collect(Collectors.joining("\n"));
    }
}
