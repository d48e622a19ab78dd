package koinon.cities.country;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The countries of ISO 3166-1 and UNESCO's region of each.
@Component
public final class Countries {

    private static final CSVFormat WITH_HEADER =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Map<String, Country> known = new HashMap<>();

    /// @param code ISO 3166-1 alpha-2
    /// @param region absent where UNESCO names no region
    public record Country(
            String code, String name, @Nullable Region region) {}

    /// All codes.
    public static final class Codes implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return new Countries().known.keySet().stream().sorted().toList();
        }
    }

    public Countries() {
        Map<String, Region> regions = new HashMap<>();
        for (var row : rows("unesco-regions.csv"))
            regions.put(row.get("iso2"), Region.named(row.get("region")).orElseThrow());
        for (var row : rows("countries-m49.csv")) {
            String code = row.get("alpha2");
            known.put(code, new Country(code, row.get("name"), regions.get(code)));
        }
    }

    /// Finds the country with this code; case is ignored.
    public Optional<Country> find(String code) {
        return Optional.ofNullable(known.get(code.toUpperCase(Locale.ROOT)));
    }

    private static Iterable<org.apache.commons.csv.CSVRecord> rows(String file) {
        try (InputStream resource = Objects.requireNonNull(Countries.class.getResourceAsStream("/reference/" + file));
                Reader text = new InputStreamReader(resource, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.parse(text, WITH_HEADER)) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
