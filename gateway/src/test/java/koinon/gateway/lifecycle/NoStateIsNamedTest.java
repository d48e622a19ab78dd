package koinon.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The gateway knows no lifecycle: whatever it derives from a state is data of the service that owns it.
class NoStateIsNamedTest {

    /// What derives from states; elsewhere the gateway's own enums share some of the names.
    private static final List<String> DERIVING =
            List.of("directory", "list", "project", "projection", "published", "readmodel", "status", "timeline");

    @Test
    void no_name_of_a_state_occurs_in_the_code_of_the_gateway() throws IOException {
        Set<String> names = stateNames();
        assertThat(names).contains("CONTRACTING", "IN_FORCE", "COMMITTED", "PAYABLE");
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            // Pages draw each state, so they name it.
            for (Path it : files.filter(Files::isRegularFile)
                    .filter(it -> !it.startsWith("src/main/web"))
                    .toList())
                for (String line : code(it))
                    names.stream()
                            .filter(name -> line.matches(".*" + pattern(it, name) + ".*"))
                            .forEach(name -> found.add(it.getFileName() + ": " + name));
        }
        assertThat(found).isEmpty();
    }

    private static String pattern(Path file, String name) {
        boolean derives = DERIVING.contains(String.valueOf(file.getParent().getFileName()));
        return derives ? "\\b" + name + "\\b" : "\"" + name + "\"";
    }

    private static List<String> code(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(it -> !it.strip().startsWith("//"))
                .toList();
    }

    private static Set<String> stateNames() throws IOException {
        Set<String> names = new TreeSet<>();
        for (var it : new PathMatchingResourcePatternResolver().getResources("classpath*:contracts/*/*.states.json"))
            try (var in = it.getInputStream()) {
                JsonNode states = JsonMapper.builder().build().readTree(in);
                states.path("states").propertyNames().forEach(names::add);
                states.path("parts").forEach(part -> part.propertyNames().forEach(names::add));
            }
        return names;
    }
}
