package koinon.cities.country;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// UNESCO's five regions.
public enum Region {
    AFRICA("Africa"),
    ARAB_STATES("Arab States"),
    ASIA_AND_THE_PACIFIC("Asia and the Pacific"),
    EUROPE_AND_NORTH_AMERICA("Europe and North America"),
    LATIN_AMERICA_AND_THE_CARIBBEAN("Latin America and the Caribbean");

    private final String title;

    Region(String title) {
        this.title = title;
    }

    /// UNESCO's name of the region, used in events and responses.
    public String title() {
        return title;
    }

    /// All titles.
    public static final class Titles implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return Stream.of(values()).map(Region::title).toList();
        }
    }

    public static Optional<Region> named(String title) {
        return Stream.of(values()).filter(it -> it.title.equals(title)).findFirst();
    }

    /// The allowed titles, for an error message.
    public static String choice() {
        return String.join(", ", new Titles().get());
    }
}
