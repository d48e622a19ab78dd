package koinon.cities.gathering.programme;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The kinds of people that come to a gathering.
public enum Category {
    RESEARCHERS,
    AUTHORITIES,
    INTERNATIONAL_ORGANISATIONS,
    BUSINESSES,
    COMMUNITIES,
    INDIVIDUALS;

    /// The name in events and answers: `international-organisations`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// All codes.
    public static final class Codes implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return Stream.of(values()).map(Category::code).toList();
        }
    }
}
