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
import koinon.platform.document.Aggregates;
import koinon.platform.document.Command;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import koinon.platform.model.RuleBroken;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes members of the network from a table: each valid line becomes a registered and designated city, each other
/// line is reported. Sent again, it changes nothing.
@Component
final class CityImport {

    static final int MOST_LINES = 5_000;

    /// Each waits for the database most of the time; more than this only queue up there.
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

    /// What became of a table.
    ///
    /// @param dryRun whether it was only tried
    /// @param lines how many it has beside its header
    /// @param created the cities that this request made known, or would
    /// @param known how many were there before and stay as they are
    /// @param refused what is wrong, line by line
    record Outcome(boolean dryRun, int lines, int created, int known, List<Refused> refused) {}

    /// A line that was not taken.
    ///
    /// @param line in the file, from 1; the header is the first
    /// @param name as it stands there, as far as it can be read
    /// @param reasons one sentence for each thing that is wrong
    record Refused(long line, String name, List<String> reasons) {}

    /// A line that can be read as a city.
    private record Member(
            long line,
            City.Facts facts,
            CreativeField field,
            @Nullable Integer year) {

        City designated(By by) {
            City city = City.register(facts, false, by);
            city.designate(field, year, by);
            return city;
        }
    }

    /// @throws Invalid when it is no table of cities at all; nothing changed then
    Outcome take(String table, boolean dryRun, Command command) {
        List<Refused> refused = new ArrayList<>();
        List<Numbered> rows = rows(table);
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
        } catch (RuleBroken it) {
            if (it.rule().equals("already-exists")) return false;
            throw it;
        } catch (koinon.platform.document.Refused.KeyReused _) {
            // The caller made it known by another request under the same key, so it is known.
            return false;
        }
    }

    private record Numbered(long line, CSVRecord record) {}

    private static List<Numbered> rows(String table) {
        try (CSVParser parser = CSVParser.parse(table, TABLE)) {
            List<String> missing = REQUIRED.stream()
                    .filter(it -> !parser.getHeaderNames().contains(it))
                    .toList();
            if (!missing.isEmpty())
                throw new Invalid(missing.stream()
                        .map(it -> new Violation("/header", "The column " + it + " is missing."))
                        .toList());
            List<Numbered> rows = new ArrayList<>();
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord row : parser) {
                if (!isEmpty(row)) rows.add(new Numbered(line, row));
                line = parser.getCurrentLineNumber() + 1;
                if (rows.size() > MOST_LINES)
                    throw new Invalid("", "An import has at most " + MOST_LINES + " lines; send it in parts.");
            }
            return rows;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new Invalid("", "This is no table in CSV (RFC 4180): " + reason(e));
        }
    }

    private static boolean isEmpty(CSVRecord row) {
        return row.size() == 1 && row.get(0).isBlank();
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown.getCause() instanceof CSVException inner ? inner : thrown;
        return String.valueOf(cause.getMessage());
    }

    private Map<String, Member> members(List<Numbered> rows, By by, List<Refused> refused) {
        Map<String, Member> members = new HashMap<>();
        Map<String, Long> lines = new HashMap<>();
        for (Numbered row : rows) {
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

    private @Nullable Member member(Numbered row, By by, List<String> reasons) {
        CSVRecord said = row.record();
        if (!said.isConsistent()) {
            reasons.add("It has " + said.size() + " values, and the header "
                    + said.getParser().getHeaderNames().size() + " columns.");
            return null;
        }
        @Nullable BigDecimal latitude = decimal(said, "lat", reasons);
        @Nullable BigDecimal longitude = decimal(said, "lon", reasons);
        @Nullable Integer year = year(said, reasons);
        @Nullable
        CreativeField field = CreativeField.named(text(said, "creative_field")).orElse(null);
        if (field == null) reasons.add("creative_field: One of " + CreativeField.choice() + " is expected.");
        var registration = new Registration(
                text(said, "name"), text(said, "country_alpha2"), orNull(text(said, "region")), latitude, longitude);
        try {
            City.Facts facts = registration.facts(countries);
            if (field == null || !reasons.isEmpty()) return null;
            var member = new Member(row.line(), facts, field, year);
            member.designated(by);
            return member;
        } catch (Invalid e) {
            e.violations().forEach(it -> {
                @Nullable String column = COLUMN_OF.get(it.pointer());
                if (column == null) throw e;
                reasons.add(column + ": " + it.detail());
            });
            return null;
        }
    }

    private static @Nullable BigDecimal decimal(CSVRecord said, String column, List<String> reasons) {
        String text = text(said, column);
        if (text.isEmpty()) return null;
        if (text.matches("-?[0-9]{1,3}([.][0-9]{1,15})?")) return new BigDecimal(text);
        reasons.add(column + ": Decimal degrees, such as 21.0245, are expected.");
        return null;
    }

    private static @Nullable Integer year(CSVRecord said, List<String> reasons) {
        String text = text(said, "designation_year");
        if (text.isEmpty()) return null;
        if (text.matches("[0-9]{4}")) return Integer.valueOf(text);
        reasons.add("designation_year: A year, such as 2019, is expected.");
        return null;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(CSVRecord said, String column) {
        return said.isSet(column) ? said.get(column).strip() : "";
    }
}
