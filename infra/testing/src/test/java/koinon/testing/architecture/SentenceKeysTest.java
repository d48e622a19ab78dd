package koinon.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// Pages in other languages write a sentence from its key and its values, so a key stands for one sentence.
class SentenceKeysTest {

    /// A sentence that is written out: where it is wrong (only in a violation), its key and its text.
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:Sentence\\.of|RuleViolation|AccessDenied|Problem\\.of|ValidationFailed|Violation|wrong)\\("
                    + "(?:[^\",;]*(?:\"[^\"]*\"[^\",;]*)*,)??"
                    + "\\s*\"([a-z0-9-]+(?:\\.[a-z0-9-]+)*)\",\\s*\"((?:[^\"\\\\]|\\\\.|\"\\s*\\+\\s*\")*)\"");

    @Test
    void a_key_stands_for_one_sentence() {
        Map<String, Set<String>> texts = new TreeMap<>();
        House.all(Contracts.folder().getParent().getParent()).values().stream()
                .flatMap(it -> it.files().values().stream())
                .flatMap(Collection::stream)
                .flatMap(it -> SENTENCE.matcher(it).results())
                .filter(it -> it.group(2).contains(" "))
                .forEach(it -> texts.computeIfAbsent(it.group(1), _ -> new TreeSet<>())
                        .add(it.group(2).replaceAll("\"\\s*\\+\\s*\"", "")));

        assertThat(texts).hasSizeGreaterThan(200);
        texts.values().removeIf(it -> it.size() == 1);
        assertThat(texts).isEmpty();
    }
}
