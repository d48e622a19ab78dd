package koinon.cities.city;

import static koinon.cities.city.City.State.CANDIDATE;
import static koinon.cities.city.City.State.COOPERATING;
import static koinon.cities.city.City.State.DESIGNATED;
import static koinon.cities.city.City.State.INVITED_TO_LEAVE;
import static koinon.cities.city.City.State.LEFT;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.cities.Role;
import koinon.cities.Violations;
import koinon.cities.city.CityEvent.BecameCandidate;
import koinon.cities.city.CityEvent.BecameCooperating;
import koinon.cities.city.CityEvent.CityCorrected;
import koinon.cities.city.CityEvent.CityDesignated;
import koinon.cities.city.CityEvent.CityLeft;
import koinon.cities.city.CityEvent.CityName;
import koinon.cities.city.CityEvent.CityRegistered;
import koinon.cities.city.CityEvent.DesignationReversed;
import koinon.cities.city.CityEvent.FieldChanged;
import koinon.cities.city.CityEvent.InvitationWithdrawn;
import koinon.cities.city.CityEvent.InvitedToLeave;
import koinon.cities.city.CityEvent.NamesChanged;
import koinon.cities.city.CityEvent.NextChanged;
import koinon.cities.city.CityEvent.ZoneSet;
import koinon.cities.country.Region;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.PlainName;
import koinon.eventing.action.NextAction;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Right;
import koinon.eventing.model.Aggregate;
import koinon.eventing.model.Lifecycle;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A city that is registered with the network.
///
/// A registered candidate is designated in a creative field, which may change later. A member may be invited to
/// leave, and may leave with or without an invitation; its document stays for the projects it took part in, and it
/// may become a candidate again. A cooperating city is outside the network but may be a partner, and may be designated
/// later. A designation by mistake is reversed by a second person. Only the secretariat changes a city; its names
/// beside
/// the registered one, and its time zone, the city may change too.
@Document("cities")
@CompoundIndex(name = "by-country", def = "{'country': 1, '_id': 1}")
@CompoundIndex(name = "by-region", def = "{'region': 1, '_id': 1}")
@CompoundIndex(name = "by-field", def = "{'field': 1, '_id': 1}")
@CompoundIndex(name = "by-state", def = "{'state': 1, '_id': 1}")
final class City extends Aggregate<CityEvent> {

    /// The network designates cities since this year.
    static final int FIRST_YEAR = 2004;

    /// How long a designation can be reversed (DOMAIN 1).
    static final Duration REVERSIBLE = Duration.ofDays(30);

    static final int MOST_NAMES = 50;

    private static final Right SECRETARIAT = Role.SECRETARIAT.ofNetwork();

    private State state = CANDIDATE;
    private String name = "";
    private String folded = "";
    private String country = "";
    private Region region = Region.AFRICA;
    private @Nullable String qualifier;
    private @Nullable BigDecimal latitude;
    private @Nullable BigDecimal longitude;
    private @Nullable CityName ownName;
    private List<CityName> otherNames = List.of();
    private @Nullable String zone;
    private @Nullable CreativeField field;
    private @Nullable Integer year;
    private @Nullable String reason;
    private @Nullable Designation designation;

    /// How the city became a member, while that can be reversed.
    ///
    /// @param from its state before
    /// @param hands of who designated it
    private record Designation(Instant at, State from, List<String> hands) {}

    enum State implements Lifecycle<State> {
        /// Registered, and not designated yet.
        CANDIDATE("designate it in a creative field."),
        /// A member of the network.
        DESIGNATED("it is a member already."),
        /// A member that was invited to leave.
        INVITED_TO_LEAVE("withdraw the invitation, or let it leave."),
        /// No longer a member.
        LEFT("make it a candidate again."),
        /// Outside the network; may be a partner.
        COOPERATING("designate it to make it a member.");

        private final String way;

        State(String way) {
            this.way = way;
        }

        @Override
        public String way() {
            return way;
        }

        @Override
        public @Nullable Sentence risk() {
            return this == LEFT ? Sentence.of("partner-left", "A partner city has left the network.") : null;
        }

        State after(CityEvent event) {
            return switch (event) {
                case CityRegistered it -> it.cooperating() ? from(CANDIDATE).to(COOPERATING) : from(CANDIDATE);
                case BecameCandidate _ -> from(LEFT, COOPERATING).to(CANDIDATE);
                case BecameCooperating _ -> from(CANDIDATE).to(COOPERATING);
                case CityDesignated _ -> from(CANDIDATE, COOPERATING).to(DESIGNATED);
                case DesignationReversed it -> from(DESIGNATED).to(it.cooperating() ? COOPERATING : CANDIDATE);
                case FieldChanged _ -> from(DESIGNATED);
                case InvitedToLeave _ -> from(DESIGNATED).to(INVITED_TO_LEAVE);
                case InvitationWithdrawn _ -> from(INVITED_TO_LEAVE).to(DESIGNATED);
                case CityLeft _ -> from(DESIGNATED, INVITED_TO_LEAVE).to(LEFT);
                case CityCorrected _, NamesChanged _, ZoneSet _, NextChanged _ -> this;
            };
        }
    }

    /// What the registration of a city records.
    ///
    /// @param country ISO 3166-1 alpha-2 code
    /// @param qualifier which of several places of that name in that country: `Maine`; absent where there is one
    /// @param latitude decimal degrees north; absent when unknown
    /// @param longitude decimal degrees east; absent when unknown
    record Facts(
            String name,
            String country,
            Region region,
            @Nullable String qualifier,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude) {

        /// The permanent id, made of the country, the registered name and the qualifier: `vn-hanoi`,
        /// `us-portland-maine`.
        String id() {
            return country.toLowerCase(Locale.ROOT)
                    + "-"
                    + PlainName.slug(qualifier == null ? name : name + " " + qualifier);
        }
    }

    /// For Spring Data.
    City() {}

    private City(String id) {
        super(id);
    }

    /// Registers a city.
    ///
    /// @param cooperating whether it stays outside the network
    static City register(Facts facts, boolean cooperating, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        Bounds.line("/name", facts.name(), Registration.LONGEST_NAME);
        if (facts.qualifier() != null) Bounds.line("/qualifier", facts.qualifier(), Registration.LONGEST_QUALIFIER);
        var city = new City(facts.id());
        city.raise(
                new CityRegistered(
                        facts.name(),
                        facts.country(),
                        facts.region().title(),
                        facts.qualifier(),
                        facts.latitude(),
                        facts.longitude(),
                        cooperating),
                secretariat);
        return city;
    }

    /// Corrects where the city lies. What is not given is not known.
    ///
    /// @param facts with the same name, country and qualifier, which its id is made of
    void correct(Facts facts, String reason, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        var event =
                new CityCorrected(facts.region().title(), facts.latitude(), facts.longitude(), Bounds.reason(reason));
        boolean same =
                facts.region() == region && equal(facts.latitude(), latitude) && equal(facts.longitude(), longitude);
        if (same) throw new ValidationFailed("", "city.changes-nothing", "It changes nothing.");
        raise(event, secretariat);
    }

    private static boolean equal(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) return one == null && other == null;
        return one.compareTo(other) == 0;
    }

    /// Replaces its names beside the registered one.
    ///
    /// @param own as the city writes it in its own language; absent when unknown
    void name(@Nullable CityName own, List<CityName> others, Actor by) {
        Actor editor = by.as(SECRETARIAT, Role.CITY_EDITOR.ofCity(id()));
        var violations = new Violations();
        if (own != null) check("/ownName", own, violations);
        violations.atMost("/otherNames", others, MOST_NAMES);
        for (int i = 0; i < others.size(); i++) check("/otherNames/" + i, others.get(i), violations);
        violations.orThrow();
        var event = new NamesChanged(own, others);
        if (!event.equals(new NamesChanged(ownName, otherNames))) raise(event, editor);
    }

    private static void check(String pointer, CityName name, Violations violations) {
        violations.line(pointer + "/text", name.text(), Registration.LONGEST_NAME);
        LocalName.checkLanguage(pointer + "/language", name.language(), violations);
    }

    /// Sets the time zone in which its deadlines are.
    void setZone(String zone, Actor by) {
        Actor editor = by.as(SECRETARIAT, Role.CITY_EDITOR.ofCity(id()));
        if (!ZoneId.getAvailableZoneIds().contains(zone))
            throw new ValidationFailed("/zone", "validation.zone", "There is no time zone %s.", "zone", zone);
        if (!zone.equals(this.zone)) raise(new ZoneSet(zone), editor);
    }

    /// Makes the city a member of the network.
    ///
    /// @param year absent when unknown
    void designate(CreativeField field, @Nullable Integer year, Actor by) {
        int thisYear = by.at().atZone(ZoneOffset.UTC).getYear();
        if (year != null && (year < FIRST_YEAR || year > thisYear))
            throw new ValidationFailed(
                    "/year",
                    "city.designation-year",
                    "The network designates cities since %s; the year is at most %s.",
                    "since",
                    FIRST_YEAR,
                    "max",
                    thisYear);
        raise(new CityDesignated(field.title(), year), by.as(SECRETARIAT));
    }

    void changeField(CreativeField field, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.after(new FieldChanged(field.title()));
        if (field == this.field)
            throw new RuleViolation("same-field", "The city works in %s already.", "field", field.title());
        raise(new FieldChanged(field.title()), secretariat);
    }

    void inviteToLeave(String reason, Actor by) {
        raise(new InvitedToLeave(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    /// Takes the invitation to leave back; the city stays a member.
    void withdrawInvitation(String reason, Actor by) {
        raise(new InvitationWithdrawn(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    /// Makes a city outside the network, or one that left it, a candidate.
    void becomeCandidate(String reason, Actor by) {
        raise(new BecameCandidate(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    /// Makes a candidate a city outside the network that may be a partner.
    void becomeCooperating(String reason, Actor by) {
        raise(new BecameCooperating(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    /// Takes a designation by mistake back: the city is what it was before.
    ///
    /// @throws RuleViolation `designation-stands` when it was designated longer ago than [#REVERSIBLE]
    void reverseDesignation(String reason, Actor by) {
        Actor secretariat = by.as(SECRETARIAT);
        state.from(DESIGNATED);
        @Nullable Designation made = designation;
        if (made == null || by.at().isAfter(made.at().plus(REVERSIBLE)))
            throw new RuleViolation(
                    "designation-stands",
                    "A designation can be reversed for %s days. Invite the city to leave, or let it leave.",
                    "days",
                    REVERSIBLE.toDays());
        secretariat.mustNotBe(
                made.hands(), "designation-reversal", "Someone other than who designated a city reverses that.");
        raise(new DesignationReversed(made.from() == COOPERATING, Bounds.reason(reason)), secretariat);
    }

    void leave(String reason, Actor by) {
        raise(new CityLeft(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    /// Only a candidate waits for somebody.
    @Override
    protected Stream<NextAction> nextActions() {
        return state == CANDIDATE
                ? Stream.of(NextAction.of("city.designate", SECRETARIAT, "Designate the city."))
                : Stream.of();
    }

    @Override
    protected CityEvent nextActionsChanged() {
        return new NextChanged();
    }

    @Override
    protected void when(CityEvent event, Actor by) {
        State before = state;
        state = before.after(event);
        switch (event) {
            case CityRegistered it -> {
                name = it.name();
                country = it.country();
                region = Region.named(it.region()).orElseThrow();
                qualifier = it.qualifier();
                latitude = it.latitude();
                longitude = it.longitude();
                folded = fold();
            }
            case CityCorrected it -> {
                region = Region.named(it.region()).orElseThrow();
                latitude = it.latitude();
                longitude = it.longitude();
            }
            case NamesChanged it -> {
                ownName = it.ownName();
                otherNames = it.otherNames();
                folded = fold();
            }
            case ZoneSet it -> zone = it.zone();
            case BecameCandidate it -> noMember(it.reason());
            case BecameCooperating it -> reason = it.reason();
            case CityDesignated it -> {
                field = CreativeField.named(it.field()).orElseThrow();
                year = it.year();
                reason = null;
                designation = new Designation(by.at(), before, by.hands());
            }
            case DesignationReversed it -> noMember(it.reason());
            case FieldChanged it -> field = CreativeField.named(it.field()).orElseThrow();
            case InvitedToLeave it -> reason = it.reason();
            case InvitationWithdrawn it -> reason = it.reason();
            case CityLeft it -> reason = it.reason();
            case NextChanged _ -> {}
        }
    }

    private String fold() {
        return Stream.of(Stream.of(name), Stream.ofNullable(ownName).map(CityName::text), names(otherNames))
                .flatMap(it -> it)
                .map(PlainName::of)
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> names(List<CityName> some) {
        return some.stream().map(CityName::text);
    }

    private void noMember(String why) {
        field = null;
        year = null;
        designation = null;
        reason = why;
    }

    State state() {
        return state;
    }

    @Override
    public PublishedState publishedState() {
        return PublishedState.of(state);
    }

    String name() {
        return name;
    }

    /// All its names in plain letters, a line each, used for search.
    String folded() {
        return folded;
    }

    String country() {
        return country;
    }

    Region region() {
        return region;
    }

    /// Which of several places of that name it is; absent where there is one.
    @Nullable
    String qualifier() {
        return qualifier;
    }

    @Nullable
    BigDecimal latitude() {
        return latitude;
    }

    @Nullable
    BigDecimal longitude() {
        return longitude;
    }

    /// As the city writes its name in its own language; absent when unknown.
    @Nullable
    CityName ownName() {
        return ownName;
    }

    List<CityName> otherNames() {
        return otherNames;
    }

    /// IANA time zone id; absent until it is set.
    @Nullable
    String zone() {
        return zone;
    }

    /// The creative field; absent until the city is designated.
    @Nullable
    CreativeField field() {
        return field;
    }

    /// The year of the designation; absent when unknown or not designated.
    @Nullable
    Integer year() {
        return year;
    }

    /// Why its state is what it is; absent where nobody gave a reason.
    @Nullable
    String reason() {
        return reason;
    }
}
