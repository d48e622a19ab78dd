package koinon.eventing.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/// Compares two documents field by field. Numbers are equal when their values are.
final class DocumentComparison {

    private static final int LONGEST = 200;

    private final List<String> differences = new ArrayList<>();

    private DocumentComparison() {}

    /// Every field that differs, as `<path> is stored as <value> and is <value> by its events`.
    static List<String> of(Document stored, Document byEvents) {
        DocumentComparison comparison = new DocumentComparison();
        comparison.documents("", stored, byEvents);
        return comparison.differences;
    }

    private void documents(String path, Document stored, Document byEvents) {
        TreeSet<String> fields = new TreeSet<>(stored.keySet());
        fields.addAll(byEvents.keySet());
        for (String it : fields) compare(path.isEmpty() ? it : path + "." + it, stored.get(it), byEvents.get(it));
    }

    private void compare(String path, @Nullable Object stored, @Nullable Object byEvents) {
        if (stored instanceof Document one && byEvents instanceof Document other) documents(path, one, other);
        else if (stored instanceof List<?> one && byEvents instanceof List<?> other && one.size() == other.size())
            for (int i = 0; i < one.size(); i++) compare(path + "." + i, one.get(i), other.get(i));
        else if (!same(stored, byEvents))
            differences.add(path + " is stored as " + shown(stored) + " and is " + shown(byEvents) + " by its events");
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Decimal128 a && other instanceof Decimal128 b)
            return a.bigDecimalValue().compareTo(b.bigDecimalValue()) == 0;
        return Objects.equals(one, other);
    }

    private static String shown(@Nullable Object value) {
        if (value == null) return "nothing";
        String text = value instanceof Document it ? it.toJson() : value.toString();
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
