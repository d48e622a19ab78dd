package koinon.cities.city;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import koinon.cities.country.Countries;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Texts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Imports members of the network from a table. Each valid line becomes a registered and designated city; each
/// invalid line is reported, and so is each that differs from the city that it names. A repeated import changes
/// nothing.
@Component
final class CityImport {

    static final int MOST_LINES = 5_000;

    /// Each writer mostly waits for the database; more writers would only queue there.
    private static final int WRITERS = 8;

    private static final List<String> REQUIRED = List.of("name", "country_alpha2", "creative_field");
    private static final Map<String, String> COLUMN_OF = Map.of(
            "/name", "name",
            "/country", "country_alpha2",
            "/region", "region",
            "/qualifier", "qualifier",
            "/latitude", "lat",
            "/longitude", "lon",
            "/field", "creative_field",
            "/year", "designation_year");

    /// Two cities of one name that are farther from each other are two places.
    private static final double FARTHEST_KM = 50;

    private static final double EARTH_RADIUS_KM = 6_371;

    private static final Set<City.State> MEMBERS = EnumSet.of(City.State.DESIGNATED, City.State.INVITED_TO_LEAVE);
    private static final Pattern LOST_LETTERS = Pattern.compile("[?\\ufffd]");

    private final Cities cities;
    private final Countries countries;
    private final Aggregates aggregates;

    CityImport(Cities cities, Countries countries, Aggregates aggregates) {
        this.cities = cities;
        this.countries = countries;
        this.aggregates = aggregates;
    }

    /// The result of an import. Its rows are created, known, changed or refused.
    ///
    /// @param dryRun whether the import only validated the table and stored nothing
    /// @param encoding of the table, as it was recognised
    /// @param delimiter of the table, as it was recognised
    /// @param lines number of rows with a value, without the header
    /// @param empty number of rows without any value, which are skipped
    /// @param created number of cities that this request registered, or would register in a dry run
    /// @param known number of cities that existed before as the table has them
    /// @param changed the cities that existed before and differ; they stay unchanged
    /// @param refused the invalid rows with their reasons
    record Outcome(
            boolean dryRun,
            String encoding,
            String delimiter,
            int lines,
            int empty,
            int created,
            int known,
            List<Changed> changed,
            List<Refused> refused) {}

    /// A row of a city that is known and differs.
    ///
    /// @param line line number in the file, from 1; the header is line 1
    /// @param id of the city
    /// @param changed what differs
    record Changed(long line, String id, String name, List<Difference> changed) {}

    /// A column in which a row differs from the city.
    ///
    /// @param column name of the column, or `state` for a city that is no member
    /// @param stored absent when the city has none
    /// @param given what the row says
    record Difference(String column, @Nullable String stored, String given) {}

    /// An invalid row.
    ///
    /// @param line line number in the file, from 1; the header is line 1
    /// @param name the name in the row, where it can be read
    /// @param reasons one sentence per error
    record Refused(long line, String name, List<String> reasons) {}

    /// A valid row.
    private record Member(
            long line,
            City.Facts facts,
            CreativeField field,
            @Nullable Integer year) {

        City designated(Actor by) {
            City city = City.register(facts, false, by);
            city.designate(field, year, by);
            return city;
        }

        /// What the row says otherwise than the city; what it leaves empty says nothing.
        List<Difference> differences(City city) {
            List<Difference> differences = new ArrayList<>();
            @Nullable CreativeField stored = city.field();
            differs("name", city.name(), facts.name(), differences);
            differs("region", city.region().title(), facts.region().title(), differences);
            differs("lat", plain(city.latitude()), plain(facts.latitude()), differences);
            differs("lon", plain(city.longitude()), plain(facts.longitude()), differences);
            differs("creative_field", stored == null ? null : stored.title(), field.title(), differences);
            differs("designation_year", city.year(), year, differences);
            if (!MEMBERS.contains(city.state())) differs("state", city.state(), City.State.DESIGNATED, differences);
            return differences;
        }

        private static @Nullable String plain(@Nullable BigDecimal degrees) {
            return degrees == null ? null : degrees.stripTrailingZeros().toPlainString();
        }

        private static void differs(
                String column, @Nullable Object stored, @Nullable Object given, List<Difference> into) {
            if (given != null && !given.equals(stored))
                into.add(new Difference(column, stored == null ? null : stored.toString(), given.toString()));
        }

        /// Why it is another place than the city, of the same name; absent when it may be the same.
        Optional<String> elsewhere(String city, @Nullable BigDecimal latitude, @Nullable BigDecimal longitude) {
            if (latitude == null || longitude == null || facts.latitude() == null || facts.longitude() == null)
                return Optional.empty();
            double km = kilometres(latitude, longitude, facts.latitude(), facts.longitude());
            return km <= FARTHEST_KM
                    ? Optional.empty()
                    : Optional.of(
                            ("Same name, another place: %s is %d km away. If these are two cities, say in the column"
                                            + " qualifier which one this is, such as its province; otherwise correct lat and"
                                            + " lon.")
                                    .formatted(city, Math.round(km)));
        }

        private static double kilometres(BigDecimal lat1, BigDecimal lon1, BigDecimal lat2, BigDecimal lon2) {
            double one = Math.toRadians(lat1.doubleValue());
            double other = Math.toRadians(lat2.doubleValue());
            double across = Math.toRadians(lon2.doubleValue() - lon1.doubleValue());
            double haversine = Math.pow(Math.sin((other - one) / 2), 2)
                    + Math.cos(one) * Math.cos(other) * Math.pow(Math.sin(across / 2), 2);
            return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(haversine)));
        }
    }

    /// @throws ValidationFailed when it is no table of cities; nothing is changed then
    Outcome take(byte[] bytes, boolean dryRun, Command command) {
        ImportTable table = ImportTable.of(bytes, REQUIRED, MOST_LINES);
        List<Refused> refused = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        Map<String, Member> members = members(table.rows(), command.by(), refused);
        Map<String, City> before = stored(members.keySet());
        Map<String, Member> fresh = new LinkedHashMap<>(members);
        fresh.keySet().removeAll(before.keySet());
        int created = fresh.size();
        if (!dryRun) {
            Set<String> ids = created(fresh.values(), command);
            created = ids.size();
            fresh.keySet().removeAll(ids);
            // Those that another request has registered since.
            before.putAll(stored(fresh.keySet()));
        }
        int known = 0;
        for (City city : before.values())
            if (isKnown(city, requireNonNull(members.get(city.id())), changed, refused)) known++;
        changed.sort(Comparator.comparingLong(Changed::line));
        refused.sort(Comparator.comparingLong(Refused::line));
        return new Outcome(
                dryRun,
                table.encoding(),
                table.delimiter(),
                table.rows().size(),
                table.empty(),
                created,
                known,
                changed,
                refused);
    }

    private Map<String, City> stored(Collection<String> ids) {
        Map<String, City> stored = new HashMap<>();
        if (!ids.isEmpty()) cities.findAll(ids).forEach(it -> stored.put(it.id(), it));
        return stored;
    }

    private static boolean isKnown(City city, Member member, List<Changed> changed, List<Refused> refused) {
        String name = member.facts().name();
        Optional<String> elsewhere = member.elsewhere(city.id(), city.latitude(), city.longitude());
        List<Difference> differences = member.differences(city);
        if (elsewhere.isPresent()) refused.add(new Refused(member.line(), name, List.of(elsewhere.get())));
        else if (!differences.isEmpty()) changed.add(new Changed(member.line(), city.id(), name, differences));
        else return true;
        return false;
    }

    /// The ids of the cities that this request registered.
    private Set<String> created(Collection<Member> some, Command command) {
        try (ExecutorService writers =
                Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
            Map<String, CompletableFuture<Boolean>> answers = new HashMap<>();
            for (Member it : some)
                answers.put(it.facts().id(), CompletableFuture.supplyAsync(() -> isCreated(it, command), writers));
            Set<String> created = new HashSet<>();
            answers.forEach((id, answer) -> {
                if (answer.join()) created.add(id);
            });
            return created;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refused) throw refused;
            throw e;
        }
    }

    private boolean isCreated(Member member, Command command) {
        try {
            aggregates.create(member.designated(command.by()), command);
            return true;
        } catch (RuleViolation it) {
            if (it.rule().equals("already-exists")) return false;
            throw it;
        } catch (RequestRejected.KeyReused _) {
            // The caller registered this city in another request with the same key, so it exists.
            return false;
        }
    }

    private Map<String, Member> members(List<ImportTable.Row> rows, Actor by, List<Refused> refused) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (ImportTable.Row row : rows) {
            List<String> reasons = new ArrayList<>();
            @Nullable Member member = member(row, by, reasons);
            @Nullable
            Member before =
                    member == null ? null : members.putIfAbsent(member.facts().id(), member);
            if (member != null && before != null) {
                String city = "the city of line " + before.line();
                reasons.add(member.elsewhere(
                                city, before.facts().latitude(), before.facts().longitude())
                        .orElse("It is " + city + " again (" + member.facts().id() + ")."));
            }
            if (!reasons.isEmpty())
                refused.add(new Refused(row.line(), Texts.shown(row.text("name"), Registration.LONGEST_NAME), reasons));
        }
        return members;
    }

    private @Nullable Member member(ImportTable.Row row, Actor by, List<String> reasons) {
        if (row.values().size() != row.columns().size()) {
            reasons.add("It has " + row.values().size() + " values, and the header "
                    + row.columns().size() + " columns.");
            return null;
        }
        if (LOST_LETTERS.matcher(row.raw("name")).find())
            reasons.add(
                    "name: It has a question mark, which programs write for a letter that their encoding lacks. Save"
                            + " the table as CSV UTF-8.");
        @Nullable BigDecimal latitude = decimal(row, "lat", reasons);
        @Nullable BigDecimal longitude = decimal(row, "lon", reasons);
        @Nullable Integer year = year(row, reasons);
        @Nullable
        CreativeField field = CreativeField.named(row.text("creative_field")).orElse(null);
        if (field == null) reasons.add("creative_field: One of " + CreativeField.choice() + " is expected.");
        var registration = new Registration(
                row.raw("name"),
                row.text("country_alpha2"),
                orNull(row.text("region")),
                orNull(row.raw("qualifier")),
                latitude,
                longitude);
        try {
            City.Facts facts = registration.facts(countries);
            if (field == null || !reasons.isEmpty()) return null;
            var member = new Member(row.line(), facts, field, year);
            member.designated(by);
            return member;
        } catch (ValidationFailed e) {
            e.violations().forEach(it -> {
                @Nullable String column = COLUMN_OF.get(it.pointer());
                if (column == null) throw e;
                reasons.add(column + ": " + it.sentence());
            });
            return null;
        }
    }

    /// With a point, or with the comma of a spreadsheet in many languages.
    private static @Nullable BigDecimal decimal(ImportTable.Row row, String column, List<String> reasons) {
        String text = row.text(column);
        if (text.isEmpty()) return null;
        if (text.matches("-?[0-9]{1,3}([.,][0-9]{1,15})?")) return new BigDecimal(text.replace(',', '.'));
        reasons.add(column + ": Decimal degrees, such as 21.0245, are expected.");
        return null;
    }

    private static @Nullable Integer year(ImportTable.Row row, List<String> reasons) {
        String text = row.text("designation_year");
        if (text.isEmpty()) return null;
        if (text.matches("[0-9]{4}")) return Integer.valueOf(text);
        reasons.add("designation_year: A year, such as 2019, is expected.");
        return null;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
