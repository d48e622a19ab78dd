package koinon.cities.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import koinon.cities.country.Countries;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.document.Aggregates;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Imports members of the network from a table. Each valid line becomes a registered and designated city; each
/// invalid line is reported. A repeated import changes nothing.
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
            "/latitude", "lat",
            "/longitude", "lon",
            "/field", "creative_field",
            "/year", "designation_year");
    private static final CSVFormat TABLE = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setIgnoreEmptyLines(false)
            .get();

    private final Cities cities;
    private final Countries countries;
    private final Aggregates aggregates;

    CityImport(Cities cities, Countries countries, Aggregates aggregates) {
        this.cities = cities;
        this.countries = countries;
        this.aggregates = aggregates;
    }

    /// The result of an import.
    ///
    /// @param dryRun whether the import only validated the table and stored nothing
    /// @param lines number of lines without the header
    /// @param created number of cities that this request registered, or would register in a dry run
    /// @param known number of cities that existed before; they stay unchanged
    /// @param refused the invalid lines with their reasons
    record Outcome(boolean dryRun, int lines, int created, int known, List<Refused> refused) {}

    /// An invalid line.
    ///
    /// @param line line number in the file, from 1; the header is line 1
    /// @param name the name in the line, where it can be read
    /// @param reasons one sentence per error
    record Refused(long line, String name, List<String> reasons) {}

    /// A valid line.
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
    }

    /// @throws ValidationFailed when the text is not a table of cities; nothing is changed then
    Outcome take(String table, boolean dryRun, Command command) {
        List<Refused> refused = new ArrayList<>();
        List<NumberedRow> rows = rows(table);
        Map<String, Member> members = members(rows, command.by(), refused);
        int known =
                dryRun ? cities.findAll(members.keySet()).size() : members.size() - created(members.values(), command);
        return new Outcome(dryRun, rows.size(), members.size() - known, known, refused);
    }

    private int created(Collection<Member> some, Command command) {
        try (ExecutorService writers =
                Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
            List<CompletableFuture<Boolean>> answers = some.stream()
                    .map(it -> CompletableFuture.supplyAsync(() -> isCreated(it, command), writers))
                    .toList();
            int created = 0;
            for (var answer : answers) if (answer.join()) created++;
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
        } catch (koinon.eventing.command.RequestRejected.KeyReused _) {
            // The caller registered this city in another request with the same key, so it exists.
            return false;
        }
    }

    private record NumberedRow(long line, CSVRecord record) {}

    private static List<NumberedRow> rows(String table) {
        try (CSVParser parser = CSVParser.parse(table, TABLE)) {
            List<String> missing = REQUIRED.stream()
                    .filter(it -> !parser.getHeaderNames().contains(it))
                    .toList();
            if (!missing.isEmpty())
                throw new ValidationFailed(missing.stream()
                        .map(it -> new Violation(
                                "/header", "import.column-missing", "The column %s is missing.", "column", it))
                        .toList());
            List<NumberedRow> rows = new ArrayList<>();
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord row : parser) {
                if (!isEmpty(row)) rows.add(new NumberedRow(line, row));
                line = parser.getCurrentLineNumber() + 1;
                if (rows.size() > MOST_LINES)
                    throw new ValidationFailed(
                            "", "import.lines", "An import has at most %s lines; send it in parts.", "max", MOST_LINES);
            }
            return rows;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new ValidationFailed("", "import.csv", "This is no table in CSV (RFC 4180): %s", "reason", reason(e));
        }
    }

    private static boolean isEmpty(CSVRecord row) {
        return row.size() == 1 && row.get(0).isBlank();
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() instanceof CSVException inner ? inner : thrown;
        return String.valueOf(cause.getMessage());
    }

    private Map<String, Member> members(List<NumberedRow> rows, Actor by, List<Refused> refused) {
        Map<String, Member> members = new HashMap<>();
        Map<String, Long> lines = new HashMap<>();
        for (NumberedRow row : rows) {
            List<String> reasons = new ArrayList<>();
            @Nullable Member member = member(row, by, reasons);
            if (member != null) {
                @Nullable Long before = lines.putIfAbsent(member.facts().id(), row.line());
                if (before == null) members.put(member.facts().id(), member);
                else
                    reasons.add("It is the city of line " + before + " again ("
                            + member.facts().id() + ").");
            }
            if (!reasons.isEmpty()) refused.add(new Refused(row.line(), text(row.record(), "name"), reasons));
        }
        return members;
    }

    private @Nullable Member member(NumberedRow row, Actor by, List<String> reasons) {
        CSVRecord values = row.record();
        if (!values.isConsistent()) {
            reasons.add("It has " + values.size() + " values, and the header "
                    + values.getParser().getHeaderNames().size() + " columns.");
            return null;
        }
        @Nullable BigDecimal latitude = decimal(values, "lat", reasons);
        @Nullable BigDecimal longitude = decimal(values, "lon", reasons);
        @Nullable Integer year = year(values, reasons);
        @Nullable
        CreativeField field =
                CreativeField.named(text(values, "creative_field")).orElse(null);
        if (field == null) reasons.add("creative_field: One of " + CreativeField.choice() + " is expected.");
        var registration = new Registration(
                text(values, "name"),
                text(values, "country_alpha2"),
                orNull(text(values, "region")),
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

    private static @Nullable BigDecimal decimal(CSVRecord values, String column, List<String> reasons) {
        String text = text(values, column);
        if (text.isEmpty()) return null;
        if (text.matches("-?[0-9]{1,3}([.][0-9]{1,15})?")) return new BigDecimal(text);
        reasons.add(column + ": Decimal degrees, such as 21.0245, are expected.");
        return null;
    }

    private static @Nullable Integer year(CSVRecord values, List<String> reasons) {
        String text = text(values, "designation_year");
        if (text.isEmpty()) return null;
        if (text.matches("[0-9]{4}")) return Integer.valueOf(text);
        reasons.add("designation_year: A year, such as 2019, is expected.");
        return null;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(CSVRecord values, String column) {
        return values.isSet(column) ? values.get(column).strip() : "";
    }
}
