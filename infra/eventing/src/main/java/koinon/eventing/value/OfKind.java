package koinon.eventing.value;

import java.util.Locale;
import java.util.SortedMap;

/// A value of one of several kinds, such as a rule of a call: a sealed interface of records extends this.
///
/// In a document, an event and a request it is an object `{"kind": "co-financing", "min": "0.2"}`: the kind is the
/// record's name in kebab-case, the other members are its components; a decimal is text, and no number is negative.
/// No code names a kind besides its record; contracts and the words of pages do.
public interface OfKind {

    /// The member that names the kind.
    String KIND = "kind";

    /// The records of a sealed interface, by their kinds.
    static SortedMap<String, Class<?>> kinds(Class<?> sealed) {
        return Kinds.OF.get(sealed);
    }

    /// The kind of a record.
    static String kind(Class<?> record) {
        return record.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
