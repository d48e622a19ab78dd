package koinon.eventing.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A sentence for a person, as data: pages in other languages write their own from key and values.
///
/// @param key stable name of the sentence, kebab-case, with dots between levels
/// @param values what the sentence names, by name
/// @param text the sentence in English
public record Sentence(String key, Map<String, String> values, String text) {

    public Sentence {
        if (!key.matches("[a-z0-9-]+([.][a-z0-9-]+)*"))
            throw new IllegalArgumentException("A sentence has a key, and not \"" + key + "\": " + text);
        values = values == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /// @param text `%s` stands for each value, in their order
    /// @param values name and value in turn
    public static Sentence of(String key, String text, @Nullable Object... values) {
        Map<String, String> named = new LinkedHashMap<>();
        Object[] inOrder = new Object[values.length / 2];
        for (int i = 0; i < values.length; i += 2) {
            String value = String.valueOf(values[i + 1]);
            named.put(String.valueOf(values[i]), value);
            inOrder[i / 2] = value;
        }
        return new Sentence(key, named, inOrder.length == 0 ? text : text.formatted(inOrder));
    }

    /// A copy that also has the values of a sentence that it contains; its own values stay.
    public Sentence with(Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(others);
        all.putAll(values);
        return new Sentence(key, all, text);
    }

    /// The first level of the key, which names the rule that a problem is about.
    public String topic() {
        int end = key.indexOf('.');
        return end < 0 ? key : key.substring(0, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
