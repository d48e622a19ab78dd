package koinon.cities.gathering;

import static koinon.cities.gathering.Gathering.State.ANNOUNCED;
import static koinon.cities.gathering.Gathering.State.CANCELLED;
import static koinon.cities.gathering.Gathering.State.HELD;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import koinon.cities.Participant;
import koinon.cities.Role;
import koinon.cities.Violations;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.PlainName;
import koinon.cities.gathering.attendance.Headcount;
import koinon.cities.gathering.attendance.ReportedAttendance;
import koinon.cities.gathering.event.GatheringEvent;
import koinon.cities.gathering.event.GatheringEvent.*;
import koinon.cities.gathering.programme.Arrangements;
import koinon.cities.gathering.programme.DocumentReference;
import koinon.cities.gathering.programme.GatheringKind;
import koinon.cities.gathering.programme.Session;
import koinon.cities.gathering.programme.SiteVisit;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A meeting of cities: a conference, forum, annual meeting or workshop in a host city.
///
/// The secretariat or the host city announces it. Until it is held, they amend its arrangements, and cities register
/// delegations while the registration is open. Its programme and what is known of its attendance are entered before
/// and afterwards. It is confirmed that it was held, or it is cancelled; a confirmation is reversed by a second
/// person. Whether it is still to be confirmed follows from its last day and is no state.
@Document("gatherings")
@CompoundIndex(name = "by-order", def = "{'order': 1}")
@CompoundIndex(name = "by-city", def = "{'city': 1, 'order': 1}")
@CompoundIndex(name = "by-state", def = "{'state': 1, 'order': 1}")
final class Gathering extends Aggregate<GatheringEvent> {

    private static final Right SECRETARIAT = Role.SECRETARIAT.ofNetwork();

    private State state = ANNOUNCED;
    private String kind = "";
    private @Nullable LocalName title;
    private String city = "";
    private @Nullable Arrangements arrangements;
    // First day and id, by which gatherings are listed.
    private String order = "";
    private Programme programme = new Programme();
    private Attendance attendance = new Attendance();
    private List<String> heldBy = List.of();
    private @Nullable Instant changedAt;

    @FreeText
    private @Nullable String reason;

    enum State implements Lifecycle<State> {
        /// It is to take place, or took place and nobody has confirmed it yet.
        ANNOUNCED("confirm that it was held, or cancel it."),
        /// It took place.
        HELD("a second person can reverse the confirmation."),
        /// It does not take place.
        CANCELLED("announce another gathering.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        State after(GatheringEvent event) {
            return switch (event) {
                case GatheringAnnounced _, GatheringAmended _, DelegationRegistered _, DelegationWithdrawn _ ->
                    from(ANNOUNCED);
                case ProgrammeEvent _, DelegationAttended _, ReportEvent _ -> from(ANNOUNCED, HELD);
                case GatheringHeld _ -> from(ANNOUNCED).to(HELD);
                case GatheringCancelled _ -> from(ANNOUNCED).to(CANCELLED);
                case HeldReversed _ -> from(HELD).to(ANNOUNCED);
                case TextRedacted _, NextChanged _ -> this;
            };
        }
    }

    /// For Spring Data.
    Gathering() {}

    private Gathering(String id) {
        super(id);
    }

    /// Announces a gathering. Its id is made of its title and its first day.
    ///
    /// @param host the city that the facts name; absent if it is not registered
    static Gathering announce(GatheringAnnounced facts, @Nullable Participant host, Actor by) {
        Actor organiser = by.as(SECRETARIAT, Role.CITY_EDITOR.ofCity(facts.city()));
        var violations = new Violations();
        violations.oneOf("/kind", facts.kind(), new GatheringKind.Codes().get());
        facts.title().check("/title", violations);
        facts.arrangements().check("", violations);
        if (host == null) violations.wrong("/city", "city.unknown", "There is no city %s.", "city", facts.city());
        violations.orThrow();
        var gathering = new Gathering(PlainName.slug(
                facts.title().text() + " " + facts.arrangements().days().first()));
        gathering.raise(facts, organiser);
        return gathering;
    }

    /// Replaces the arrangements.
    void amend(Arrangements next, String reason, Actor by) {
        Actor organiser = organiser(by);
        state.after(new GatheringAmended(next, reason));
        var violations = new Violations();
        next.check("", violations);
        if (next.equals(arrangements)) violations.wrong("", "gathering.amends-nothing", "It changes nothing.");
        violations.orThrow();
        List<String> outside = programme.outside(next.days());
        if (!outside.isEmpty())
            throw new RuleViolation(
                    "outside-days",
                    "Outside the new days lie: %s. Change or remove them first.",
                    "parts",
                    String.join(", ", outside));
        raise(new GatheringAmended(next, Bounds.reason(reason)), organiser);
    }

    /// Adds a session, or replaces the one of its id.
    void plan(Session session, Actor by) {
        Actor organiser = organiser(by);
        state.after(new SessionPlanned(session));
        programme.planned(session, arrangements().days()).ifPresent(it -> raise(it, organiser));
    }

    void removeSession(String session, String reason, Actor by) {
        Actor organiser = organiser(by);
        var event = new SessionRemoved(session, Bounds.reason(reason));
        state.after(event);
        mustHave(programme.sessions(), "session", session);
        raise(event, organiser);
    }

    /// Adds a site visit, or replaces the one of its id.
    void plan(SiteVisit visit, Actor by) {
        Actor organiser = organiser(by);
        state.after(new VisitPlanned(visit));
        programme.planned(visit, arrangements().days()).ifPresent(it -> raise(it, organiser));
    }

    void removeVisit(String visit, String reason, Actor by) {
        Actor organiser = organiser(by);
        var event = new VisitRemoved(visit, Bounds.reason(reason));
        state.after(event);
        mustHave(programme.visits(), "site visit", visit);
        raise(event, organiser);
    }

    /// Adds a document, or replaces the one of its id.
    void add(DocumentReference document, Actor by) {
        Actor organiser = organiser(by);
        state.after(new DocumentAdded(document));
        programme.added(document).ifPresent(it -> raise(it, organiser));
    }

    void removeDocument(String document, String reason, Actor by) {
        Actor organiser = organiser(by);
        var event = new DocumentRemoved(document, Bounds.reason(reason));
        state.after(event);
        mustHave(programme.documents(), "document", document);
        raise(event, organiser);
    }

    /// Registers the delegation of a city, or replaces it.
    ///
    /// @param known the city; absent if it is not registered
    void register(String from, @Nullable Participant known, Headcount numbers, Actor by) {
        Actor editor = by.as(Role.CITY_EDITOR.ofCity(from));
        state.after(new DelegationRegistered(from, numbers, numbers, 1));
        attendance
                .registered(from, known, numbers, by.at(), arrangements().registrationEnd())
                .ifPresent(it -> raise(it, editor));
    }

    void withdraw(String from, Actor by) {
        Actor editor = by.as(Role.CITY_EDITOR.ofCity(from));
        state.after(new DelegationWithdrawn(from, Headcount.NONE, 0));
        raise(attendance.withdrawn(from), editor);
    }

    /// Enters how many of a delegation came.
    void attend(String from, Headcount numbers, Actor by) {
        Actor organiser = organiser(by);
        state.after(new DelegationAttended(from, numbers, numbers));
        mustHaveBegun(by);
        attendance.attended(from, numbers).ifPresent(it -> raise(it, organiser));
    }

    /// Enters who came as somebody reported it, or replaces the report of its id.
    void report(ReportedAttendance reported, Actor by) {
        Actor organiser = organiser(by);
        state.after(new AttendanceReported(reported));
        mustHaveBegun(by);
        attendance.reported(reported).ifPresent(it -> raise(it, organiser));
    }

    void withdrawReport(String report, String reason, Actor by) {
        Actor organiser = organiser(by);
        var event = new AttendanceWithdrawn(report, Bounds.reason(reason));
        state.after(event);
        mustHave(attendance.reports(), "report", report);
        raise(event, organiser);
    }

    /// Confirms that it was held.
    void hold(Actor by) {
        Actor organiser = organiser(by);
        state.after(new GatheringHeld());
        mustHaveBegun(by);
        raise(new GatheringHeld(), organiser);
    }

    void cancel(String reason, Actor by) {
        raise(new GatheringCancelled(Bounds.reason(reason)), organiser(by));
    }

    /// Reverses the confirmation that it was held.
    void reverseHeld(String reason, Actor by) {
        Actor organiser = organiser(by);
        organiser.mustNotBe(
                heldBy, "gathering-held", "Another person than who confirmed that it was held reverses this.");
        raise(new HeldReversed(Bounds.reason(reason)), organiser);
    }

    @Override
    protected void redact(String text, String reason, Actor by) {
        super.redact(text, reason, by.as(SECRETARIAT));
    }

    @Override
    protected GatheringEvent textRedacted(String digest, String reason) {
        return new TextRedacted(digest, reason);
    }

    private Actor organiser(Actor by) {
        return by.as(SECRETARIAT, Role.CITY_EDITOR.ofCity(city));
    }

    private void mustHaveBegun(Actor by) {
        Instant begin = arrangements().days().begin();
        if (by.at().isBefore(begin))
            throw new RuleViolation("not-begun", "The gathering begins at %s.", "begin", begin);
    }

    private static void mustHave(Map<String, ?> parts, String kind, String id) {
        if (!parts.containsKey(id))
            throw new RuleViolation("no-such-part", "The gathering has no %s %s.", "kind", kind, "id", id);
    }

    /// What can be done until it is confirmed. The end of its last day is when the confirmation becomes due.
    @Override
    protected Stream<NextAction> nextActions() {
        return switch (state) {
            case ANNOUNCED ->
                Stream.of(SECRETARIAT, Role.CITY_EDITOR.ofCity(city))
                        .map(it -> NextAction.of(
                                        "gathering.confirm-held",
                                        it,
                                        "Confirm that the gathering was held, or cancel it.")
                                .from(arrangements().days().beginMoment())
                                .due(arrangements().days().endMoment()));
            case HELD, CANCELLED -> Stream.of();
        };
    }

    @Override
    protected GatheringEvent nextActionsChanged() {
        return new NextChanged();
    }

    @Override
    protected void when(GatheringEvent event, Actor by) {
        state = state.after(event);
        if (!(event instanceof NextChanged)) changedAt = by.at();
        switch (event) {
            case GatheringAnnounced it -> {
                kind = it.kind();
                title = it.title();
                city = it.city();
                arrange(it.arrangements());
            }
            case GatheringAmended it -> {
                arrange(it.arrangements());
                reason = it.reason();
            }
            case ProgrammeEvent it -> touch(programme.when(it));
            case DelegationEvent it -> touch(attendance.when(it));
            case ReportEvent it -> touch(attendance.when(it));
            case GatheringHeld _ -> heldBy = by.hands();
            case GatheringCancelled it -> reason = it.reason();
            case HeldReversed it -> {
                heldBy = List.of();
                reason = it.reason();
            }
            case TextRedacted _, NextChanged _ -> {}
        }
    }

    private void arrange(Arrangements next) {
        arrangements = next;
        order = next.days().first() + " " + id();
    }

    State state() {
        return state;
    }

    @Override
    public PublishedState publishedState() {
        return PublishedState.of(state);
    }

    /// Code of the [GatheringKind].
    String kind() {
        return kind;
    }

    LocalName title() {
        return Objects.requireNonNull(title);
    }

    /// Id of the host city.
    String city() {
        return city;
    }

    Arrangements arrangements() {
        return Objects.requireNonNull(arrangements);
    }

    /// Its place in the order of lists.
    String order() {
        return order;
    }

    Programme programme() {
        return programme;
    }

    Attendance attendance() {
        return attendance;
    }

    /// The latest reason why it was amended, cancelled or its confirmation reversed; otherwise absent.
    @Nullable
    String reason() {
        return reason;
    }

    /// When something happened to it last.
    Instant changedAt() {
        return Objects.requireNonNull(changedAt);
    }
}
