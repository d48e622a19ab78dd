package koinon.gateway.timeline;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import koinon.eventing.document.EventJson;
import koinon.eventing.redaction.Redactions;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.topics.EventRecord;

/// A project's timeline as a reader gets it, for tests of other packages.
public final class TimelineText {

    private TimelineText() {}

    /// The events of the project up to a moment, as they are stored.
    public static List<EventRecord> events(List<EventRecord> messages, Redactions redactions, Instant until) {
        return messages.stream()
                .flatMap(it -> ProjectEventRecord.of(it).stream())
                .map(it -> it.entry().without(redactions).event())
                .filter(it -> !it.at().isAfter(until))
                .toList();
    }

    public static String of(List<EventRecord> messages, Reader reader, boolean approved) {
        return of(messages, reader, approved, Redactions.none(""));
    }

    public static String of(List<EventRecord> messages, Reader reader, boolean approved, Redactions redactions) {
        return messages.stream()
                .flatMap(it -> ProjectEventRecord.of(it).stream())
                .flatMap(it -> it.entry().without(redactions).shownTo(reader, approved, Contracts.published()).stream())
                .map(EventJson.mapper()::writeValueAsString)
                .collect(Collectors.joining("\n"));
    }
}
