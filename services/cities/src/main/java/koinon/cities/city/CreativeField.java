package koinon.cities.city;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// UNESCO's creative fields; each member works in one.
public enum CreativeField {
    ARCHITECTURE("Architecture"),
    CRAFTS_AND_FOLK_ART("Crafts and Folk Art"),
    DESIGN("Design"),
    FILM("Film"),
    GASTRONOMY("Gastronomy"),
    LITERATURE("Literature"),
    MEDIA_ARTS("Media Arts"),
    MUSIC("Music");

    private final String title;

    CreativeField(String title) {
        this.title = title;
    }

    /// The network's name of the field, used in events and responses.
    public String title() {
        return title;
    }

    /// All titles.
    public static final class Titles implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return Stream.of(values()).map(CreativeField::title).toList();
        }
    }

    public static Optional<CreativeField> named(String title) {
        return Stream.of(values()).filter(it -> it.title.equals(title)).findFirst();
    }

    /// The allowed titles, for an error message.
    public static String choice() {
        return String.join(", ", new Titles().get());
    }
}
