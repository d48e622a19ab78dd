package koinon.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// Pages have a text for what the services can tell a reader of a project or a call.
class PageTextsTest {

    private static final Path ROOT = Contracts.folder().getParent().getParent();
    private static final Path TEXTS = ROOT.resolve("gateway/src/main/web/texts");

    private static final Pattern ACTION = Pattern.compile(
            "(?:NextAction\\.of|NextAction\\.automatic|\\bstep|\\bdecision|\\bverifications)\\(\\s*"
                    + "\"((?:proposal|partner|partnership|project|milestone|postponement|agreement|tranche)\\.[a-z-]+)\"");

    private static final Pattern RULE = Pattern.compile("record (\\w+)\\([^{]*\\)\\s+implements Rule");
    private static final Pattern KINDS = Pattern.compile("Which rule: ([a-z, -]+);");

    @Test
    void every_action_in_a_project_has_a_text() throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("services"))) {
            for (Path it : files.filter(file -> file.toString().matches(".*/src/main/.*\\.java"))
                    .toList())
                ACTION.matcher(Files.readString(it)).results().forEach(found -> actions.add(found.group(1)));
        }
        assertThat(actions).hasSizeGreaterThan(20);

        String texts = Files.readString(TEXTS.resolve("project/en.json"));
        actions.removeIf(it -> texts.contains("\"sentence." + it + "\""));
        assertThat(actions).isEmpty();
    }

    @Test
    void the_contracts_list_every_kind_of_rule() throws IOException {
        Set<String> kinds = new TreeSet<>();
        try (Stream<Path> files =
                Files.walk(ROOT.resolve("services/projects/src/main/java/koinon/projects/call/rules"))) {
            for (Path it : files.filter(Files::isRegularFile).toList())
                RULE.matcher(Files.readString(it))
                        .results()
                        .forEach(found -> kinds.add(found.group(1)
                                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                                .toLowerCase(Locale.ROOT)));
        }
        assertThat(kinds).hasSizeGreaterThan(7);
        for (String event : List.of("published", "terms-changed", "amended")) {
            var described = KINDS.matcher(
                    Files.readString(Contracts.folder().resolve("projects/koinon.call." + event + ".v1.json")));
            assertThat(described.find()).as(event).isTrue();
            assertThat(described.group(1).split(", ", -1)).as(event).containsExactlyInAnyOrderElementsOf(kinds);
        }
    }

    @Test
    void every_kind_of_rule_has_a_text() throws IOException {
        var described =
                KINDS.matcher(Files.readString(Contracts.folder().resolve("projects/koinon.call.published.v1.json")));
        assertThat(described.find()).isTrue();
        Set<String> kinds = new TreeSet<>(Set.of(described.group(1).split(", ", -1)));
        assertThat(kinds).hasSizeGreaterThan(7);

        String texts = Files.readString(TEXTS.resolve("calls/en.json"));
        kinds.removeIf(it -> texts.contains("\"rule." + it + "."));
        assertThat(kinds).isEmpty();
    }
}
