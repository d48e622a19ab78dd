package koinon.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Pages in other languages write a sentence from its key and its values, so a key stands for one sentence.
class SentenceKeysTest {

    /// A sentence that is written out: where it is wrong (only in a violation), its key and its text.
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:Sentence\\.of|super|RuleViolation|AccessDenied|Problem\\.of|ValidationFailed|Violation|wrong)\\("
                    + "(?:[^\",;]*(?:\"[^\"]*\"[^\",;]*)*,)??"
                    + "\\s*\"([a-z0-9-]+(?:\\.[a-z0-9-]+)*)\",\\s*\"((?:[^\"\\\\]|\\\\.|\"\\s*\\+\\s*\")*)\"");

    /// Sentences that no page of the web application meets: headers and parameters that only another client gets wrong,
    /// and what has no form yet (terms of calls, funds, groups, the registration of cities, imports, the ledger).
    private static final Pattern NOT_ON_PAGES =
            Pattern.compile("(bad-request|import|ledger|login|media-type|not-found|call|fund|group)[.].*"
                    + "|city[.](coordinates|design.*|region-.*)|invalid[.]query|cross-origin|version-not-supported"
                    + "|validation[.](as-of-.*|entity-tags|idempotency-key|if-none-match|json.*|next.*|page-size"
                    + "|parameter-.*|table-pages|days|degrees|goals|shares?|position|subjects|call-id)"
                    + "|(not-acceptable|not-implemented).*|not-found|if-match-required|still-unreadable"
                    + "|closes-in-the-past|decisions-not-held"
                    + "|no-terms|scheme|envelope|held|set-aside|proposals-[a-z]+|same-field|designation-stands"
                    + "|reason-repeats-text|partner-cities[.](eligibility|selection)");

    /// The key of a next action. Its text follows after who can take it.
    private static final Pattern NEXT_ACTION =
            Pattern.compile("(?:NextAction[.]of|decision)\\(\\s*\"([a-z-]+[.][a-z-]+)\"");

    @Test
    void a_key_stands_for_one_sentence() {
        Map<String, Set<String>> texts = sentences();

        assertThat(texts).hasSizeGreaterThan(200);
        texts.values().removeIf(it -> it.size() == 1);
        assertThat(texts).isEmpty();
    }

    @Test
    void a_page_has_words_for_each_sentence_that_it_meets() {
        Path texts = Contracts.folder().getParent().getParent().resolve("gateway/src/main/web/texts");
        Set<String> known = new TreeSet<>();
        try (Stream<Path> files = Files.walk(texts)) {
            files.filter(it -> it.endsWith("en.json")).forEach(it -> known.addAll(keys(it)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        Set<String> wordless = new TreeSet<>(sentences().keySet());
        sources().flatMap(it -> NEXT_ACTION.matcher(it).results()).forEach(it -> wordless.add(it.group(1)));
        wordless.removeIf(it -> NOT_ON_PAGES.matcher(it).matches()
                || known.contains("sentence." + it)
                || known.contains("sentence." + it + ".other"));
        assertThat(wordless).isEmpty();
    }

    private static Collection<String> keys(Path texts) {
        return JsonMapper.shared().readTree(texts).propertyNames();
    }

    /// The texts in the code, by key.
    private static Map<String, Set<String>> sentences() {
        Map<String, Set<String>> texts = new TreeMap<>();
        sources()
                .flatMap(it -> SENTENCE.matcher(it).results())
                .filter(it -> it.group(2).contains(" "))
                .forEach(it -> texts.computeIfAbsent(it.group(1), _ -> new TreeSet<>())
                        .add(it.group(2).replaceAll("\"\\s*\\+\\s*\"", "")));
        return texts;
    }

    private static Stream<String> sources() {
        return House.all(Contracts.folder().getParent().getParent()).values().stream()
                .flatMap(it -> it.files().values().stream())
                .flatMap(Collection::stream);
    }
}
