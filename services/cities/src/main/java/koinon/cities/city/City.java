package koinon.cities.city;

import static koinon.cities.city.City.State.CANDIDATE;
import static koinon.cities.city.City.State.COOPERATING;
import static koinon.cities.city.City.State.DESIGNATED;
import static koinon.cities.city.City.State.INVITED_TO_LEAVE;
import static koinon.cities.city.City.State.LEFT;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import koinon.cities.city.CityEvent.CityDesignated;
import koinon.cities.city.CityEvent.CityLeft;
import koinon.cities.city.CityEvent.CityRegistered;
import koinon.cities.city.CityEvent.FieldChanged;
import koinon.cities.city.CityEvent.InvitedToLeave;
import koinon.platform.model.Aggregate;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
import koinon.platform.model.Lifecycle;
import koinon.platform.model.RuleBroken;
import koinon.platform.model.bounds.Bounds;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/// A city that the network knows.
///
/// A candidate is registered, and designated in a creative field, which may change later. A member may be invited to
/// leave, and leaves, invited or by itself; then it stays known for what it took part in. A cooperating city stands
/// outside the network and may be a partner all the same; it may be designated too. All of this is the secretariat's.
@Document("cities")
@CompoundIndex(name = "by-country", def = "{'country': 1, '_id': 1}")
@CompoundIndex(name = "by-region", def = "{'region': 1, '_id': 1}")
@CompoundIndex(name = "by-field", def = "{'field': 1, '_id': 1}")
@CompoundIndex(name = "by-state", def = "{'state': 1, '_id': 1}")
final class City extends Aggregate<CityEvent> {

    /// The network designates cities since this year.
    static final int FIRST_YEAR = 2004;

    private static final String SECRETARIAT = "secretariat@network";

    private State state = CANDIDATE;
    private String name = "";
    private String folded = "";
    private String country = "";
    private Region region = Region.AFRICA;
    private @Nullable BigDecimal latitude;
    private @Nullable BigDecimal longitude;
    private @Nullable CreativeField field;
    private @Nullable Integer year;
    private @Nullable String reason;

    enum State implements Lifecycle<State> {
        /// Known, and not yet designated.
        CANDIDATE,
        /// A member of the network.
        DESIGNATED,
        /// A member that was asked to leave.
        INVITED_TO_LEAVE,
        /// No longer a member.
        LEFT,
        /// Outside the network; may be a partner.
        COOPERATING;

        State after(CityEvent event) {
            return switch (event) {
                case CityRegistered it -> it.cooperating() ? from(CANDIDATE).to(COOPERATING) : from(CANDIDATE);
                case CityDesignated _ -> from(CANDIDATE, COOPERATING).to(DESIGNATED);
                case FieldChanged _ -> from(DESIGNATED);
                case InvitedToLeave _ -> from(DESIGNATED).to(INVITED_TO_LEAVE);
                case CityLeft _ -> from(DESIGNATED, INVITED_TO_LEAVE).to(LEFT);
            };
        }
    }

    /// What is known of a city from the start.
    ///
    /// @param country ISO 3166-1 alpha-2 code
    /// @param latitude decimal degrees north; absent when unknown
    /// @param longitude decimal degrees east; absent when unknown
    record Facts(
            String name,
            String country,
            Region region,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude) {

        /// The id that it has for ever: the country and the name first registered, `vn-hanoi`.
        String id() {
            return country.toLowerCase(Locale.ROOT) + "-" + slug(name);
        }
    }

    /// For the database.
    City() {}

    private City(String id) {
        super(id);
    }

    /// Makes a city known.
    ///
    /// @param cooperating whether it stays outside the network
    static City register(Facts facts, boolean cooperating, By by) {
        By secretariat = by.as(SECRETARIAT);
        Bounds.text("/name", facts.name(), Registration.LONGEST_NAME);
        if (slug(facts.name()).isEmpty()) throw new Invalid("/name", Registration.NO_NAME);
        var city = new City(facts.id());
        city.raise(
                new CityRegistered(
                        facts.name(),
                        facts.country(),
                        facts.region().title(),
                        facts.latitude(),
                        facts.longitude(),
                        cooperating),
                secretariat);
        return city;
    }

    /// Makes it a member.
    ///
    /// @param year absent when unknown
    void designate(CreativeField field, @Nullable Integer year, By by) {
        int thisYear = by.at().atZone(ZoneOffset.UTC).getYear();
        if (year != null && (year < FIRST_YEAR || year > thisYear))
            throw new Invalid(
                    "/year",
                    "The network designates cities since " + FIRST_YEAR + "; the year is at most " + thisYear + ".");
        raise(new CityDesignated(field.title(), year), by.as(SECRETARIAT));
    }

    void changeField(CreativeField field, By by) {
        By secretariat = by.as(SECRETARIAT);
        state.after(new FieldChanged(field.title()));
        if (field == this.field) throw new RuleBroken("same-field", "The city works in " + field.title() + " already.");
        raise(new FieldChanged(field.title()), secretariat);
    }

    void inviteToLeave(String reason, By by) {
        raise(new InvitedToLeave(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    void leave(String reason, By by) {
        raise(new CityLeft(Bounds.reason(reason)), by.as(SECRETARIAT));
    }

    @Override
    protected void when(CityEvent event, By by) {
        state = state.after(event);
        switch (event) {
            case CityRegistered it -> {
                name = it.name();
                folded = folded(it.name());
                country = it.country();
                region = Region.named(it.region()).orElseThrow();
                latitude = it.latitude();
                longitude = it.longitude();
            }
            case CityDesignated it -> {
                field = CreativeField.named(it.field()).orElseThrow();
                year = it.year();
            }
            case FieldChanged it -> field = CreativeField.named(it.field()).orElseThrow();
            case InvitedToLeave it -> reason = it.reason();
            case CityLeft it -> reason = it.reason();
        }
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

    /// The name without accents and capitals, as it is searched.
    String folded() {
        return folded;
    }

    String country() {
        return country;
    }

    Region region() {
        return region;
    }

    @Nullable
    BigDecimal latitude() {
        return latitude;
    }

    @Nullable
    BigDecimal longitude() {
        return longitude;
    }

    /// The field it works in; absent until it is designated.
    @Nullable
    CreativeField field() {
        return field;
    }

    /// The year of its designation; absent when unknown or not designated.
    @Nullable
    Integer year() {
        return year;
    }

    /// Why it was invited to leave, or left, whichever was last; absent otherwise.
    @Nullable
    String reason() {
        return reason;
    }

    private static final Map<String, String> WITHOUT_MARK = Map.ofEntries(
            Map.entry("đ", "d"),
            Map.entry("ð", "d"),
            Map.entry("ø", "o"),
            Map.entry("ł", "l"),
            Map.entry("ħ", "h"),
            Map.entry("ŧ", "t"),
            Map.entry("ı", "i"),
            Map.entry("ß", "ss"),
            Map.entry("æ", "ae"),
            Map.entry("œ", "oe"),
            Map.entry("þ", "th"));

    /// A name without accents and capitals: what two spellings of it have in common.
    static String folded(String name) {
        String folded = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "");
        for (var mark : WITHOUT_MARK.entrySet()) folded = folded.replace(mark.getKey(), mark.getValue());
        return folded;
    }

    /// The part of an id that a name gives: `[a-z0-9-]`, at most 90 characters; empty when nothing of it is Latin.
    private static String slug(String name) {
        String dashed = folded(name).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return dashed.length() <= 90 ? dashed : dashed.substring(0, 90).replaceAll("-$", "");
    }
}
