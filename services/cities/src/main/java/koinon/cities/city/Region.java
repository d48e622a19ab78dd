package koinon.cities.city;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// UNESCO's five regions.
enum Region {
    AFRICA("Africa"),
    ARAB_STATES("Arab States"),
    ASIA_AND_THE_PACIFIC("Asia and the Pacific"),
    EUROPE_AND_NORTH_AMERICA("Europe and North America"),
    LATIN_AMERICA_AND_THE_CARIBBEAN("Latin America and the Caribbean");

    private final String title;

    Region(String title) {
        this.title = title;
    }

    /// As UNESCO writes it, and as it stands in events and answers.
    String title() {
        return title;
    }

    /// All titles.
    static final class Titles implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return Stream.of(values()).map(Region::title).toList();
        }
    }

    static Optional<Region> named(String title) {
        return Stream.of(values()).filter(it -> it.title.equals(title)).findFirst();
    }

    /// What may be said, for the one who said something else.
    static String choice() {
        return String.join(", ", new Titles().get());
    }
}
