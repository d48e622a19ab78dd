package planted.field;

import java.util.ArrayList;
import java.util.List;
import planted.parts.Document;

@Document
final class Thing {

    private List<Part> parts = new ArrayList<>();

    List<Part> parts() {
        return parts;
    }

    static final class Part {

        private final String name = "";

        String name() {
            return name;
        }
    }
}
