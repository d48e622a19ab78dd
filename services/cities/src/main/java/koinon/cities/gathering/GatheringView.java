package koinon.cities.gathering;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import koinon.cities.Members;
import koinon.cities.Participant;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.Source;
import koinon.cities.gathering.attendance.Delegation;
import koinon.cities.gathering.attendance.Headcount;
import koinon.cities.gathering.attendance.ReportedAttendance;
import koinon.cities.gathering.programme.Arrangements;
import koinon.cities.gathering.programme.DocumentReference;
import koinon.cities.gathering.programme.Organiser;
import koinon.cities.gathering.programme.Session;
import koinon.cities.gathering.programme.SiteVisit;
import koinon.cities.gathering.time.Days;
import koinon.eventing.action.Deadline;
import koinon.eventing.actor.Actor;
import koinon.http.action.ActionView;
import koinon.http.action.ActionView.Circumstances;
import koinon.http.web.VersionedView;
import org.jspecify.annotations.Nullable;

/// A gathering as its readers see it. What is not known is absent.
///
/// @param city id of the host city
/// @param cityName registered name of the host city
/// @param topics what is talked about, beside or instead of sessions
/// @param registrationCloses delegations are registered before this moment, by the arrangements
/// @param registrationEnd the first moment at which no delegation is registered any more
/// @param begin the first moment of the first day; from then on it can be confirmed that it was held
/// @param end the moment after the last day; an announced gathering is to be confirmed from then on
/// @param participants the categories of people that are expected
/// @param inferred which of the facts nobody states, and what they are inferred from
/// @param sums of all delegations
/// @param delegations each of them; only members of the network see them
/// @param attendance who came, as it was reported
/// @param reason the latest reason why it was amended, cancelled or its confirmation reversed
/// @param nextActions what can be done next, and whether this caller can do it; only members of the network see it
record GatheringView(
        String id,
        long version,
        String kind,
        LocalName title,
        List<LocalName> otherNames,
        Gathering.State state,
        String city,
        String cityName,
        @Nullable String theme,
        @Nullable String topics,
        @Nullable String venue,
        Days days,
        Instant begin,
        Instant end,
        @Nullable Deadline registrationCloses,
        Instant registrationEnd,
        List<Organiser> organisers,
        List<String> participants,
        List<SessionPart> sessions,
        List<VisitPart> visits,
        List<DocumentPart> documents,
        Delegation.Sums sums,
        @Nullable List<DelegationPart> delegations,
        List<ReportPart> attendance,
        List<Source> sources,
        @Nullable String inferred,
        @Nullable String reason,
        @Nullable List<ActionView> nextActions)
        implements VersionedView {

    /// @param version to be sent in `If-Match` when it changes
    /// @param start local time in the zone of the gathering
    record SessionPart(
            String id,
            long version,
            String title,
            @Nullable String topic,
            @Nullable LocalDateTime start,
            @Nullable LocalDateTime end,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt) {

        static SessionPart of(Gathering gathering, Session it) {
            Days days = gathering.arrangements().days();
            return new SessionPart(
                    it.id(),
                    gathering.etag(Programme.sessionPart(it.id())),
                    it.title(),
                    it.topic(),
                    it.start(),
                    it.end(),
                    days.instant(it.start()),
                    days.instant(it.end()));
        }
    }

    /// @param version to be sent in `If-Match` when it changes
    /// @param start local time in the zone of the gathering
    record VisitPart(
            String id,
            long version,
            String places,
            @Nullable LocalDateTime start,
            @Nullable LocalDateTime end,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String seen) {

        static VisitPart of(Gathering gathering, SiteVisit it) {
            Days days = gathering.arrangements().days();
            return new VisitPart(
                    it.id(),
                    gathering.etag(Programme.visitPart(it.id())),
                    it.places(),
                    it.start(),
                    it.end(),
                    days.instant(it.start()),
                    days.instant(it.end()),
                    it.seen());
        }
    }

    /// @param version to be sent in `If-Match` when it changes
    record DocumentPart(
            String id,
            long version,
            String title,
            String link,
            @Nullable String checksum,
            @Nullable String mediaType) {

        static DocumentPart of(Gathering gathering, DocumentReference it) {
            return new DocumentPart(
                    it.id(),
                    gathering.etag(Programme.documentPart(it.id())),
                    it.title(),
                    it.link(),
                    it.checksum(),
                    it.mediaType());
        }
    }

    /// @param version to be sent in `If-Match` when it changes
    record DelegationPart(
            String city,
            String cityName,
            long version,
            Headcount registered,
            @Nullable Headcount attended) {

        static DelegationPart of(Gathering gathering, String city, String name, Delegation it) {
            return new DelegationPart(
                    city, name, gathering.etag(Attendance.delegationPart(city)), it.registered(), it.attended());
        }
    }

    /// @param version to be sent in `If-Match` when it changes
    record ReportPart(
            String id,
            long version,
            String whom,
            String figure,
            @Nullable Integer number,
            boolean atLeast,
            @Nullable String category,
            @Nullable String origin,
            @Nullable Source source) {

        static ReportPart of(Gathering gathering, ReportedAttendance it) {
            return new ReportPart(
                    it.id(),
                    gathering.etag(Attendance.reportPart(it.id())),
                    it.whom(),
                    it.figure(),
                    it.number(),
                    it.atLeast(),
                    it.category(),
                    it.origin(),
                    it.source());
        }
    }

    /// @param cities the host and those that send a delegation, by id
    static GatheringView of(Gathering gathering, Map<String, Participant> cities, Actor by) {
        boolean member = Members.include(by);
        Arrangements arrangements = gathering.arrangements();
        Programme programme = gathering.programme();
        Attendance attendance = gathering.attendance();
        return new GatheringView(
                gathering.id(),
                gathering.version(),
                gathering.kind(),
                gathering.title(),
                arrangements.otherNames(),
                gathering.state(),
                gathering.city(),
                name(gathering.city(), cities),
                arrangements.theme(),
                arrangements.topics(),
                arrangements.venue(),
                arrangements.days(),
                arrangements.days().begin(),
                arrangements.days().end(),
                arrangements.registrationCloses(),
                arrangements.registrationEnd(),
                arrangements.organisers(),
                arrangements.participants(),
                parts(gathering, programme.sessions(), SessionPart::of),
                parts(gathering, programme.visits(), VisitPart::of),
                parts(gathering, programme.documents(), DocumentPart::of),
                attendance.sums(),
                member
                        ? attendance.delegations().entrySet().stream()
                                .map(it -> DelegationPart.of(
                                        gathering, it.getKey(), name(it.getKey(), cities), it.getValue()))
                                .toList()
                        : null,
                parts(gathering, attendance.reports(), ReportPart::of),
                arrangements.sources(),
                arrangements.inferred(),
                gathering.reason(),
                member ? ActionView.of(gathering, by, Circumstances.NONE) : null);
    }

    private static String name(String city, Map<String, Participant> cities) {
        @Nullable Participant known = cities.get(city);
        return known == null ? city : known.name();
    }

    private static <P, V> List<V> parts(Gathering gathering, Map<String, P> parts, BiFunction<Gathering, P, V> view) {
        return parts.values().stream().map(it -> view.apply(gathering, it)).toList();
    }
}
