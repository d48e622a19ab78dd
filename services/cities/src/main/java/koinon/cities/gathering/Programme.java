package koinon.cities.gathering;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import koinon.cities.Violations;
import koinon.cities.gathering.event.GatheringEvent.DocumentAdded;
import koinon.cities.gathering.event.GatheringEvent.DocumentRemoved;
import koinon.cities.gathering.event.GatheringEvent.ProgrammeEvent;
import koinon.cities.gathering.event.GatheringEvent.SessionPlanned;
import koinon.cities.gathering.event.GatheringEvent.SessionRemoved;
import koinon.cities.gathering.event.GatheringEvent.VisitPlanned;
import koinon.cities.gathering.event.GatheringEvent.VisitRemoved;
import koinon.cities.gathering.programme.DocumentReference;
import koinon.cities.gathering.programme.Session;
import koinon.cities.gathering.programme.SiteVisit;
import koinon.cities.gathering.time.Days;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;

/// The programme of a gathering: its sessions, site visits and documents, each under an id that is unique among those
/// of its kind. It checks a change and stores it; the gathering raises the event.
final class Programme {

    private static final int MOST_SESSIONS = 200;
    private static final int MOST_VISITS = 50;
    private static final int MOST_DOCUMENTS = 100;

    private Map<String, Session> sessions = new LinkedHashMap<>();
    private Map<String, SiteVisit> visits = new LinkedHashMap<>();
    private Map<String, DocumentReference> documents = new LinkedHashMap<>();

    /// The event that adds or replaces a session; empty if nothing changes.
    ///
    /// @throws ValidationFailed when it does not fit into these days, with every violation
    Optional<ProgrammeEvent> planned(Session session, Days days) {
        mustHaveRoom(sessions, session.id(), MOST_SESSIONS);
        var violations = new Violations();
        session.check(days, violations);
        violations.orThrow();
        return session.equals(sessions.get(session.id())) ? Optional.empty() : Optional.of(new SessionPlanned(session));
    }

    /// The event that adds or replaces a site visit; empty if nothing changes.
    ///
    /// @throws ValidationFailed when it does not fit into these days, with every violation
    Optional<ProgrammeEvent> planned(SiteVisit visit, Days days) {
        mustHaveRoom(visits, visit.id(), MOST_VISITS);
        var violations = new Violations();
        visit.check(days, violations);
        violations.orThrow();
        return visit.equals(visits.get(visit.id())) ? Optional.empty() : Optional.of(new VisitPlanned(visit));
    }

    /// The event that adds or replaces a document; empty if nothing changes.
    ///
    /// @throws ValidationFailed with every violation
    Optional<ProgrammeEvent> added(DocumentReference document) {
        mustHaveRoom(documents, document.id(), MOST_DOCUMENTS);
        var violations = new Violations();
        document.check(violations);
        violations.orThrow();
        return document.equals(documents.get(document.id()))
                ? Optional.empty()
                : Optional.of(new DocumentAdded(document));
    }

    static void mustHaveRoom(Map<String, ?> parts, String id, int most) {
        if (!parts.containsKey(id) && parts.size() >= most)
            throw new RuleViolation("too-many", "There are %s already, and no more are possible.", "most", most);
    }

    /// The sessions and visits that would lie outside these days, each as `session <id>`.
    List<String> outside(Days days) {
        return Stream.concat(
                        sessions.values().stream()
                                .filter(it -> !days.contain(it.slot()))
                                .map(it -> "session " + it.id()),
                        visits.values().stream()
                                .filter(it -> !days.contain(it.slot()))
                                .map(it -> "visit " + it.id()))
                .toList();
    }

    /// Stores what happened.
    ///
    /// @return the part that it changed
    String when(ProgrammeEvent event) {
        return switch (event) {
            case SessionPlanned it -> {
                sessions.put(it.session().id(), it.session());
                yield sessionPart(it.session().id());
            }
            case SessionRemoved it -> {
                sessions.remove(it.session());
                yield sessionPart(it.session());
            }
            case VisitPlanned it -> {
                visits.put(it.visit().id(), it.visit());
                yield visitPart(it.visit().id());
            }
            case VisitRemoved it -> {
                visits.remove(it.visit());
                yield visitPart(it.visit());
            }
            case DocumentAdded it -> {
                documents.put(it.document().id(), it.document());
                yield documentPart(it.document().id());
            }
            case DocumentRemoved it -> {
                documents.remove(it.document());
                yield documentPart(it.document());
            }
        };
    }

    static String sessionPart(String session) {
        return "session/" + session;
    }

    static String visitPart(String visit) {
        return "visit/" + visit;
    }

    static String documentPart(String document) {
        return "document/" + document;
    }

    /// By id.
    Map<String, Session> sessions() {
        return sessions;
    }

    /// By id.
    Map<String, SiteVisit> visits() {
        return visits;
    }

    /// By id.
    Map<String, DocumentReference> documents() {
        return documents;
    }
}
