package koinon.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files of the web application, without a browser. Loading them at all checks that every import leads somewhere.
class WebApplicationTest {

    private static final int MOST_SOURCE = 40_000;
    private static final int MOST_PAGE = 200_000;
    private static final Assets ASSETS = Assets.load(null);

    static List<Route> routes() {
        return ASSETS.routes();
    }

    static Stream<String> sources() {
        return ASSETS.names().filter(it -> it.endsWith(".js"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_route_names_a_module_that_defines_its_element(Route route) {
        assertThat(ASSETS.text(route.module())).contains("customElements.define(\"%s\"".formatted(route.element()));
    }

    /// Everything that a page loads at first, compressed, with both weights of the Latin typeface and the largest
    /// texts.
    @ParameterizedTest
    @MethodSource("routes")
    void a_page_weighs_at_most_200_kilobytes(Route route) {
        var paths = new HashSet<>(ASSETS.graph("main.js", route.module()));
        paths.add(ASSETS.root() + Assets.STYLE);
        paths.add(ASSETS.root() + "texts/common/vi.json");
        route.texts().forEach(it -> paths.add(ASSETS.root() + "texts/%s/vi.json".formatted(it)));
        if (paths.contains(ASSETS.root() + "parts/map.js")) paths.add(ASSETS.root() + "data/countries-110m.json");
        for (String it : List.of("latin-400", "latin-600", "vietnamese-400", "vietnamese-600")) paths.add(font(it));

        int weight = paths.stream()
                .map(it -> ASSETS.find(it).orElseThrow(() -> new AssertionError(it)))
                .mapToInt(it -> it.gzipped().length)
                .sum();

        assertThat(weight).as("bytes of %s", route.path()).isLessThan(MOST_PAGE);
    }

    private static String font(String name) {
        Library inter = Library.all().getLast();
        return inter.path() + "files/inter-" + name + "-normal.woff2";
    }

    @ParameterizedTest
    @MethodSource("sources")
    void no_module_imports_itself_by_way_of_others(String name) {
        Set<String> imported = Pattern.compile("(?:from|import) \"(\\.[^\"]+)\"")
                .matcher(ASSETS.text(name))
                .results()
                .map(it -> Path.of(name).resolveSibling(it.group(1)).normalize().toString())
                .collect(Collectors.toSet());

        assertThat(imported).allSatisfy(it -> assertThat(ASSETS.graph(it)).doesNotContain(ASSETS.root() + name));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void a_source_file_has_at_most_40_kilobytes(String name) {
        assertThat(ASSETS.text(name).length()).isLessThan(MOST_SOURCE);
    }

    /// The policy forbids them, or Lit does: a class field hides the property of the same name.
    @ParameterizedTest
    @MethodSource("sources")
    void no_module_writes_styles_markup_or_class_fields(String name) {
        assertThat(ASSETS.text(name))
                .doesNotContain(
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "unsafeHTML",
                        "eval(",
                        "new Function",
                        "styleMap")
                .doesNotContainPattern("<[a-z][^>]*\\sstyle=")
                .doesNotContainPattern("\\son[a-z]+=\"")
                .doesNotContainPattern("(?m)^class .*\n(?:(?!}).*\n)*? {2}(?!static )[a-zA-Z_]+ = ");
    }

    /// Text between the tags of a template comes from the texts of a language.
    @ParameterizedTest
    @MethodSource("sources")
    void no_template_contains_words_of_a_language(String name) {
        String texts = markup(ASSETS.text(name)).replaceAll("<[^>]*>", "\n").replace("Koinon", "");
        List<String> words = Pattern.compile("\\p{L}{3,}")
                .matcher(texts)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(words).isEmpty();
    }

    /// The markup of all templates of a module, a line for each, without what they insert.
    private static String markup(String source) {
        var markup = new StringBuilder();
        Deque<Integer> braces = new ArrayDeque<>();
        boolean inTemplate = false;
        for (int i = 0; i < source.length(); i++) {
            char it = source.charAt(i);
            if (it == '`') {
                boolean begins = !inTemplate && (source.startsWith("html", i - 4) || source.startsWith("svg", i - 3));
                if (!inTemplate) braces.push(begins ? 1 : 0);
                else braces.pop();
                inTemplate = !inTemplate;
                markup.append(inTemplate ? "" : "\n");
            } else if (inTemplate && source.startsWith("${", i)) {
                braces.push(-1);
                inTemplate = false;
                markup.append("§");
                i++;
            } else if (!inTemplate && it == '{' && !braces.isEmpty()) braces.push(-2);
            else if (!inTemplate && it == '}' && !braces.isEmpty()) inTemplate = braces.pop() == -1;
            else if (inTemplate && !braces.isEmpty() && braces.peek() == 1) markup.append(it);
        }
        return markup.toString();
    }

    @Test
    void a_jar_of_a_library_is_found_once_with_its_version() {
        Map<String, String> versions = new TreeMap<>();
        for (Library it : Library.all()) versions.put(it.name(), it.version());

        assertThat(versions)
                .hasSize(7)
                .allSatisfy((_, version) -> assertThat(version).matches("\\d+\\.\\d+\\.\\d+"));
    }

    @Test
    void our_files_have_another_address_when_one_of_them_has_changed() {
        assertThat(ASSETS.root()).matches("/app/[0-9a-f]{12}/");
        assertThat(Assets.load(null).root()).isEqualTo(ASSETS.root());
    }
}
