package koinon.gateway.gathering;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import koinon.eventing.redaction.FreeText;
import koinon.gateway.gathering.GatheringEvent.Amended;
import koinon.gateway.gathering.GatheringEvent.Announced;
import koinon.gateway.gathering.GatheringEvent.Days;
import koinon.gateway.gathering.GatheringEvent.Session;
import koinon.gateway.gathering.GatheringEvent.SessionPlanned;
import koinon.gateway.gathering.GatheringEvent.SessionRemoved;
import koinon.gateway.projection.Projection;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// What a reader needs to know of a gathering to see what came of it. The service of cities has the rest.
public final class GatheringProjection extends Projection<GatheringEvent> {

    private String kind = "";

    @FreeText
    private String title = "";

    private String city = "";
    private @Nullable Days days;
    private List<Session> sessions = List.of();

    public GatheringProjection() {}

    @Override
    protected String projectOf(String id) {
        return "";
    }

    @Override
    protected void when(GatheringEvent event, EventRecord message) {
        switch (event) {
            case Announced it -> {
                kind = it.kind();
                title = it.title().text();
                city = it.city();
                days = it.arrangements().days();
            }
            case Amended it -> days = it.arrangements().days();
            case SessionPlanned it ->
                sessions = Stream.concat(others(it.session().id()), Stream.of(it.session()))
                        .toList();
            case SessionRemoved it -> sessions = others(it.session()).toList();
        }
    }

    private Stream<Session> others(String session) {
        return sessions.stream().filter(it -> !it.id().equals(session));
    }

    /// Code of its kind: `conference`.
    public String kind() {
        return kind;
    }

    public String title() {
        return title;
    }

    /// Id of the host city.
    public String city() {
        return city;
    }

    /// Its first day; absent before it was announced.
    public @Nullable LocalDate first() {
        return days == null ? null : days.first();
    }

    /// Its last day; absent before it was announced.
    public @Nullable LocalDate last() {
        return days == null ? null : days.last();
    }

    private Instant end() {
        return days == null ? Instant.MAX : days.end();
    }

    /// Whether its last day is past and somebody is still asked to confirm it.
    public boolean isToBeConfirmed(Instant now) {
        return !networkLifecycle().next().equals("[]") && !now.isBefore(end());
    }

    /// The title of a session; absent if there is none of this id.
    public @Nullable String session(String id) {
        return sessions.stream()
                .filter(it -> it.id().equals(id))
                .map(Session::title)
                .findFirst()
                .orElse(null);
    }
}
