package koinon.cities;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.eventing.rule.Bounds;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Texts;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with a request, so that its answer names every violation.
public final class Violations {

    private static final Pattern DAY = Pattern.compile("(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}");
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

    private final List<Violation> found = new ArrayList<>();

    /// A text of a request; absent where it is blank, for what is not known is absent.
    public static @Nullable String known(@Nullable String text) {
        return text == null || Texts.normal(text).isEmpty() ? null : text;
    }

    /// A text of one line that shows something.
    public void line(String pointer, @Nullable String text, int most) {
        collect(() -> Bounds.line(pointer, text, most));
    }

    /// A text of one line that may be absent.
    public void optionalLine(String pointer, @Nullable String text, int most) {
        if (text != null) line(pointer, text, most);
    }

    /// A text of several lines that may be absent.
    public void optionalText(String pointer, @Nullable String text, int most) {
        if (text != null) collect(() -> Bounds.text(pointer, text, most));
    }

    /// A text of several lines that shows something.
    public void text(String pointer, @Nullable String text, int most) {
        collect(() -> Bounds.text(pointer, text, most));
    }

    /// A link that begins with https://.
    public void link(String pointer, String link) {
        collect(() -> Bounds.link(pointer, link));
    }

    /// What is known of a file: its checksum and its media type, either of which may be absent.
    public void file(String pointer, @Nullable String checksum, @Nullable String mediaType) {
        collect(() -> Bounds.checksum(pointer + "/checksum", checksum));
        collect(() -> Bounds.mediaType(pointer + "/mediaType", mediaType));
    }

    /// The id of a part, which the caller chooses.
    public void id(String pointer, String id) {
        if (!ID.matcher(id).matches())
            wrong(pointer, "validation.id", "An id is made of a-z, 0-9 and -, at most 40 of them.");
    }

    public void oneOf(String pointer, @Nullable String value, Collection<String> allowed) {
        if (value == null || !allowed.contains(value))
            wrong(pointer, "validation.one-of", "One of %s is expected.", "allowed", String.join(", ", allowed));
    }

    public void atMost(String pointer, Collection<?> items, int most) {
        if (items.size() > most) wrong(pointer, "validation.at-most", "At most %s are allowed.", "max", most);
    }

    /// A constant that a parameter of a query names; absent when it is absent or names none.
    public <E extends Enum<E>> @Nullable E constant(String parameter, @Nullable String name, Class<E> type) {
        if (name == null) return null;
        List<String> names = Stream.of(type.getEnumConstants()).map(Enum::name).toList();
        oneOf(parameter, name, names);
        return names.contains(name) ? Enum.valueOf(type, name) : null;
    }

    /// A day that a parameter of a query names; absent when it is absent or is none.
    public @Nullable LocalDate day(String parameter, @Nullable String day) {
        if (day == null) return null;
        try {
            if (DAY.matcher(day).matches()) return LocalDate.parse(day);
        } catch (DateTimeParseException _) {
            // A day that the month does not have.
        }
        wrong(parameter, "validation.day", "A day such as 2027-05-10 is expected.");
        return null;
    }

    public void addAll(Collection<Violation> violations) {
        found.addAll(violations);
    }

    public void add(Optional<Violation> violation) {
        violation.ifPresent(found::add);
    }

    /// @param values name and value in turn
    public void wrong(String pointer, String key, String text, @Nullable Object... values) {
        found.add(new Violation(pointer, key, text, values));
    }

    /// @throws ValidationFailed with every violation, when there is one
    public void orThrow() {
        if (!found.isEmpty()) throw new ValidationFailed(found);
    }

    private void collect(Runnable check) {
        try {
            check.run();
        } catch (ValidationFailed it) {
            found.addAll(it.violations());
        }
    }
}
