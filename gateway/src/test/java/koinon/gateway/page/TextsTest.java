package koinon.gateway.page;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.eventing.document.EventJson;
import koinon.gateway.lifecycle.StateFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.type.TypeReference;

/// The texts of the web application: complete in every language, and complete for what the API can say.
class TextsTest {

    private static final Assets ASSETS = Assets.load(null);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[\\w-]+}");
    private static final Pattern PLURAL = Pattern.compile("\\.(one|few|many|other)$");

    static List<String> areas() {
        return ASSETS.names()
                .filter(it -> it.startsWith("texts/"))
                .map(it -> it.split("/", -1)[1])
                .distinct()
                .sorted()
                .toList();
    }

    static Stream<Route> routes() {
        return ASSETS.routes().stream();
    }

    private static Map<String, String> texts(String area, String language) {
        return EventJson.mapper()
                .readValue(ASSETS.text("texts/%s/%s.json".formatted(area, language)), new TypeReference<>() {});
    }

    /// The keys of an area without the ends of plural forms, each with its placeholders.
    private static Map<String, Set<String>> shapes(String area, String language) {
        var shapes = new TreeMap<String, Set<String>>();
        texts(area, language)
                .forEach((key, text) -> shapes.computeIfAbsent(
                                PLURAL.matcher(key).replaceAll(""), _ -> new TreeSet<>())
                        .addAll(PLACEHOLDER
                                .matcher(text)
                                .results()
                                .map(it -> it.group())
                                .toList()));
        return shapes;
    }

    @ParameterizedTest
    @MethodSource("areas")
    void each_language_has_the_same_texts_with_the_same_placeholders(String area) {
        for (String language : Language.ALL)
            assertThat(shapes(area, language)).as(language).isEqualTo(shapes(area, "en"));
    }

    @ParameterizedTest
    @MethodSource("areas")
    void each_plural_has_the_forms_that_its_language_needs(String area) {
        Map<String, Set<String>> needed =
                Map.of("en", Set.of("one", "other"), "fr", Set.of("one", "other"), "vi", Set.of("other"));
        for (String language : Language.ALL) {
            var forms = new TreeMap<String, Set<String>>();
            texts(area, language).keySet().stream()
                    .filter(it -> PLURAL.matcher(it).find())
                    .forEach(it -> forms.computeIfAbsent(PLURAL.matcher(it).replaceAll(""), _ -> new TreeSet<>())
                            .add(it.substring(it.lastIndexOf('.') + 1)));
            assertThat(forms.values()).as(language).allMatch(it -> it.containsAll(needed.get(language)));
        }
    }

    @ParameterizedTest
    @MethodSource("areas")
    void no_text_is_left_in_another_language(String area) {
        Map<String, String> english = texts(area, "en");
        Map<String, String> vietnamese = texts(area, "vi");
        List<String> same = english.keySet().stream()
                .filter(it -> english.get(it).equals(vietnamese.get(it)))
                .filter(it ->
                        !PLACEHOLDER.matcher(english.get(it)).replaceAll("").isBlank())
                .filter(it -> !english.get(it).equals("API"))
                .toList();

        assertThat(same).isEmpty();
    }

    /// What a page can show, with the texts of the page itself and those of every page.
    @ParameterizedTest
    @MethodSource("routes")
    void every_text_that_a_page_uses_is_loaded_with_it(Route route) {
        Set<String> known = new TreeSet<>(shapes("common", "en").keySet());
        route.texts().forEach(it -> known.addAll(shapes(it, "en").keySet()));

        String sources = ASSETS.graph("main.js", route.module()).stream()
                .filter(it -> it.startsWith(ASSETS.root()))
                .map(it -> ASSETS.find(it).orElseThrow().text())
                .collect(joining("\n"));
        Set<String> used = Pattern.compile("(?:\\bt\\(|head\\(|link\\(\"[^\"]*\", )\"([a-z][\\w-]*(?:\\.[\\w-]+)*)\"")
                .matcher(sources)
                .results()
                .map(it -> it.group(1))
                .collect(toCollection(TreeSet::new));

        assertThat(used).hasSizeGreaterThan(30);
        used.removeAll(known);
        assertThat(used).isEmpty();
    }

    @Test
    void every_text_is_used() {
        String sources = ASSETS.names()
                .filter(it -> it.endsWith(".js"))
                .map(ASSETS::text)
                .collect(joining("\n"));
        Set<String> unused = new TreeSet<>();
        for (String area : areas())
            for (String key : shapes(area, "en").keySet())
                if (!sources.contains("\"" + key + "\"") && !isComposed(key, sources)) unused.add(key);

        assertThat(unused).isEmpty();
    }

    /// Whether a module composes keys with this beginning, as in `health.${level}` or `word("health", level)`.
    private static boolean isComposed(String key, String sources) {
        for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
            String begin = key.substring(0, dot);
            if (sources.contains("`" + begin + ".${") || sources.contains("word(\"" + begin + "\"")) return true;
        }
        return false;
    }

    @Test
    void every_type_of_event_in_a_timeline_has_a_text() throws IOException {
        Set<String> events = shapes("events", "en").keySet();
        assertThat(new PathMatchingResourcePatternResolver().getResources("classpath:contracts/*/koinon.*.json"))
                .extracting(it -> String.valueOf(it.getFilename()).replace(".json", ""))
                .filteredOn(it -> it.matches(
                        "koinon\\.(proposal|project|agreement)\\..*|koinon\\.fund\\.(reserved|refused|released)\\..*"))
                .hasSizeGreaterThan(50)
                .map(it -> "event." + it.replaceAll("^koinon\\.|\\.v\\d+$", ""))
                .allMatch(events::contains);
    }

    @Test
    void every_state_has_a_word() {
        Set<String> common = shapes("common", "en").keySet();
        assertThat(StateFlags.published().names("proposal", "project"))
                .map(it -> "phase." + it)
                .allMatch(common::contains);
        assertThat(StateFlags.published().names("agreement"))
                .filteredOn(it -> !it.equals("REQUESTED"))
                .map(it -> "state." + it)
                .allMatch(common::contains);
    }
}
