package koinon.cities.city;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The fields in which UNESCO designates creative cities; each member works in one.
enum CreativeField {
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

    /// As the network writes it, and as it stands in events and answers.
    String title() {
        return title;
    }

    /// All titles.
    static final class Titles implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return Stream.of(values()).map(CreativeField::title).toList();
        }
    }

    static Optional<CreativeField> named(String title) {
        return Stream.of(values()).filter(it -> it.title.equals(title)).findFirst();
    }

    /// What may be said, for the one who said something else.
    static String choice() {
        return String.join(", ", new Titles().get());
    }
}
