package koinon.testing.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Checks the one Dockerfile without Docker: each instruction, and that what it names is there.
class DockerfileTest {

    private static final Path ROOT = Contracts.folder().getParent().getParent();
    private static final Set<String> KNOWN =
            Set.of("FROM", "WORKDIR", "COPY", "ARG", "ENV", "RUN", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT");
    private static final List<Instruction> INSTRUCTIONS = read();

    private record Instruction(String name, String rest) {}

    private static List<Instruction> read() {
        return text("infra/docker/Dockerfile")
                .replaceAll("(?m)^#.*\\R", "")
                .replace("\\\n", " ")
                .lines()
                .filter(it -> !it.isBlank())
                .map(it -> it.strip().split("\\s+", 2))
                .map(it -> new Instruction(it[0], it[1]))
                .toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Instruction> all(String name) {
        return INSTRUCTIONS.stream().filter(it -> it.name().equals(name)).toList();
    }

    /// Those of the image that runs, not of the one that builds.
    private static List<Instruction> ofTheImage() {
        int last = INSTRUCTIONS.lastIndexOf(all("FROM").getLast());
        return INSTRUCTIONS.subList(last, INSTRUCTIONS.size());
    }

    @Test
    void every_instruction_is_one() {
        assertThat(INSTRUCTIONS).extracting(Instruction::name).isSubsetOf(KNOWN);
        assertThat(INSTRUCTIONS.getFirst().name()).isEqualTo("FROM");
        assertThat(all("ENTRYPOINT")).containsExactly(INSTRUCTIONS.getLast());
    }

    @Test
    void it_builds_and_runs_on_the_same_java_which_is_ours() {
        String image = "eclipse-temurin:(\\d+)([\\d._]+)-(jdk|jre)-noble@sha256:[0-9a-f]{64}( AS build)?";
        assertThat(all("FROM"))
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.rest()).matches(image));
        assertThat(all("FROM").stream().map(it -> it.rest().replaceAll(image, "$1$2")))
                .containsOnly(all("FROM").getFirst().rest().replaceAll(image, "$1$2"));
        assertThat(text("pom.xml"))
                .contains("<java.version>" + all("FROM").getFirst().rest().replaceAll(image, "$1") + "<");
    }

    @Test
    void what_it_copies_is_there() {
        List<String> ignored = text(".dockerignore").lines().toList();
        for (String needed : List.of("mvnw", ".mvn/wrapper/maven-wrapper.properties", "pom.xml", "infra/contracts"))
            assertThat(ROOT.resolve(needed))
                    .exists()
                    .satisfies(it -> assertThat(ignored).doesNotContain(needed, needed.replaceAll("/.*", "")));
        // The layers that Spring Boot's tools write, but for its loader, which nothing needs here.
        assertThat(all("COPY").stream().map(Instruction::rest))
                .containsExactly(
                        ". .",
                        "--from=build /app/dependencies/ ./",
                        "--from=build /app/snapshot-dependencies/ ./",
                        "--from=build /app/application/ ./");
        assertThat(all("RUN").getFirst().rest()).contains("extract --layers --destination /app ");
    }

    @Test
    void every_argument_that_it_uses_is_declared_before() {
        Set<String> declared = new TreeSet<>();
        for (Instruction it : INSTRUCTIONS) {
            if (it.name().equals("FROM")) declared.clear();
            Pattern.compile("\\$\\{(\\w+)}")
                    .matcher(it.rest())
                    .results()
                    .forEach(used -> assertThat(declared).as(it.toString()).contains(used.group(1)));
            if (Set.of("ARG", "ENV").contains(it.name())) declared.add(it.rest().replaceAll("=.*", ""));
        }
    }

    @Test
    void it_runs_as_somebody_who_is_not_root_and_owns_none_of_it() {
        List<Instruction> image = ofTheImage();
        String user = all("USER").getFirst().rest();
        assertThat(all("USER")).hasSize(1);
        assertThat(user).isNotEqualTo("root").matches("[a-z]+");
        assertThat(image.get(1).rest()).containsPattern("useradd --system --user-group --create-home " + user + "\\b");
        assertThat(image.subList(image.indexOf(all("USER").getFirst()), image.size()))
                .extracting(Instruction::name)
                .doesNotContain("RUN", "COPY");
        assertThat(all("COPY")).noneMatch(it -> it.rest().contains("--chown"));
    }

    @Test
    void it_says_whether_it_is_ready_where_everybody_may_ask() {
        assertThat(all("HEALTHCHECK")).hasSize(1);
        assertThat(all("HEALTHCHECK").getFirst().rest())
                .contains("/dev/tcp/127.0.0.1/${PORT} ", "GET /actuator/health/readiness HTTP/1.1")
                .contains("--interval=", "--timeout=", "--retries=", "--start-period=");
    }

    @Test
    void it_starts_java_itself_so_that_a_signal_reaches_it_with_the_options_of_the_launcher() {
        String[] command = JsonMapper.builder()
                .build()
                .readValue(all("ENTRYPOINT").getFirst().rest(), String[].class);
        assertThat(command).startsWith("java").endsWith("-jar", "koinon.jar");
        assertThat(all("RUN").getFirst().rest()).endsWith("--application-filename koinon.jar");
        String launcher = text("infra/local/src/main/java/koinon/local/process/Java.java");
        Stream<String> options = Arrays.stream(command).skip(1).limit(command.length - 3L);
        // How large the heap is, each says in its own way.
        assertThat(options.filter(it -> !it.startsWith("-XX:MaxRAMPercentage=")))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(launcher).contains("\"" + it + "\""));
    }
}
