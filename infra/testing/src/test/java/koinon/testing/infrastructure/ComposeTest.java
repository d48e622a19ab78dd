package koinon.testing.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks docker-compose.yml without Docker: its schema, and every image, port and variable against what the
/// modules say.
class ComposeTest {

    private static final Path ROOT = root();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(KOINON_[A-Z_]+)");
    private static final Map<String, Object> COMPOSE = yaml(ROOT.resolve("docker-compose.yml"));

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) folder = folder.getParent();
        return folder;
    }

    private static Map<String, Object> yaml(Path file) {
        return new Yaml().load(text(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> services() {
        return map(COMPOSE.get("services"));
    }

    /// The services that are built here, by name, with the folder of their module.
    private static Map<String, Path> modules() {
        Map<String, Path> modules = new TreeMap<>();
        services().forEach((name, service) -> {
            Object build = map(service).get("build");
            if (build != null)
                modules.put(
                        name, ROOT.resolve((String) map(map(build).get("args")).get("MODULE")));
        });
        return modules;
    }

    private static String configuration(Path module) {
        String own = text(module.resolve("src/main/resources/application.yaml"));
        return own.contains("koinon-defaults.yaml")
                ? own + text(ROOT.resolve("infra/eventing/src/main/resources/koinon-defaults.yaml"))
                : own;
    }

    private static Map<String, Object> environment(String service) {
        return map(map(services().get(service)).getOrDefault("environment", Map.of()));
    }

    @Test
    void it_is_a_compose_file() {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09)
                // It names itself in the way of an older draft than it declares.
                .getSchema(text(ROOT.resolve("infra/testing/src/test/resources/compose/compose_spec.json"))
                        .replaceAll("\"id\": \"[^\"]*\",", ""));
        String json = JsonMapper.builder().build().writeValueAsString(COMPOSE);

        assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(json.replace("\"healthcheck\"", "\"healthchek\""), InputFormat.JSON))
                .as("a misspelt key is found")
                .isNotEmpty();
    }

    @Test
    void every_part_of_the_system_is_in_it_once() {
        assertThat(services().keySet())
                .containsExactlyInAnyOrder("mongodb", "kafka", "identity", "cities", "projects", "funding", "gateway");
        assertThat(modules())
                .hasSize(5)
                .allSatisfy((_, module) -> assertThat(text(module.resolve("pom.xml")))
                        .as("%s is an application", module)
                        .contains("spring-boot-maven-plugin"));
    }

    private static List<String> images() {
        List<String> images = new ArrayList<>();
        services().values().forEach(it -> {
            if (map(it).get("image") instanceof String image) images.add(image);
        });
        Matcher from = Pattern.compile("(?m)^FROM (\\S+)").matcher(text(ROOT.resolve("infra/docker/Dockerfile")));
        while (from.find()) images.add(from.group(1));
        Matcher tests = Pattern.compile("_IMAGE =\\s+\"([^\"]+)\"")
                .matcher(text(ROOT.resolve(
                        "infra/testing/src/main/java/koinon/testing/infrastructure/TestInfrastructure.java")));
        while (tests.find()) images.add(tests.group(1));
        return images;
    }

    /// What the repository's list says of one image of the same kind (`jre-noble`), as its version and its digest.
    private static Optional<JsonNode> newestKnown(String name, String version) {
        String kind = version.replaceFirst("^[\\d._]+", "");
        return JsonMapper.builder()
                .build()
                .readTree(text(ROOT.resolve("infra/docker/images.json")))
                .path("images")
                .valueStream()
                .filter(it -> it.path("image").asString().equals(name)
                        && version.startsWith(it.path("series").asString() + ".")
                        && it.path("version")
                                .asString()
                                .replaceFirst("^[\\d._]+", "")
                                .equals(kind))
                .findFirst();
    }

    @Test
    void every_image_is_pinned_and_none_is_older_than_the_newest_known_of_its_series() {
        assertThat(images()).hasSize(6).allSatisfy(image -> {
            Matcher parts = Pattern.compile("([a-z/-]+):(\\d+\\.\\d+[\\w.-]*)@(sha256:[0-9a-f]{64})")
                    .matcher(image);
            assertThat(parts.matches()).as(image).isTrue();
            Optional<JsonNode> known = newestKnown(parts.group(1), parts.group(2));
            assertThat(known).as("in infra/docker/images.json").isPresent();
            String newest = known.get().path("version").asString();
            assertThat(Arrays.compare(numbers(parts.group(2)), numbers(newest)))
                    .as("newest known: " + newest)
                    .isNotNegative();
            assertThat(known.get().path("digest").asString()).isEqualTo(parts.group(3));
        });
    }

    @Test
    void containers_of_tests_take_a_pinned_image() {
        // Where no Docker engine runs they can be made, and not asked.
        assertThatNoException().isThrownBy(TestInfrastructure::kafka);
        assertThatNoException().isThrownBy(TestInfrastructure::mongodb);
    }

    private static int[] numbers(String version) {
        return Pattern.compile("\\d+")
                .matcher(version.replaceFirst("-.*", ""))
                .results()
                .mapToInt(it -> Integer.parseInt(it.group()))
                .toArray();
    }

    @Test
    void database_and_broker_ask_for_a_login_and_no_secret_has_a_default() {
        String compose = text(ROOT.resolve("docker-compose.yml"));
        assertThat(compose)
                .contains("--keyFile", "MONGO_INITDB_ROOT_PASSWORD: ${KOINON_MONGODB_PASSWORD:?")
                .containsPattern(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: INSIDE:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT\\R")
                .doesNotContainPattern("(?:PASSWORD|KEY|SECRET)\\w*:-")
                .doesNotContainPattern("(?:PASSWORD|KEY): [^$&*\\s]");
        String script = text(ROOT.resolve("infra/docker/secrets.sh"));
        Matcher secrets = Pattern.compile("\\$\\{(\\w+):\\?").matcher(compose);
        while (secrets.find()) assertThat(script).contains(secrets.group(1));
        for (String ignoring : List.of(".gitignore", ".dockerignore"))
            assertThat(text(ROOT.resolve(ignoring)).lines()).contains(".env");
    }

    @Test
    void only_the_gateway_and_the_provider_are_published_and_on_this_machine_only() {
        services().forEach((name, service) -> {
            Object ports = map(service).get("ports");
            if (!Set.of("gateway", "identity").contains(name))
                assertThat(ports).as(name).isNull();
            else
                assertThat((Collection<?>) ports)
                        .singleElement()
                        .hasToString("127.0.0.1:" + portOf(name) + ":" + portOf(name));
        });
    }

    @Test
    void every_port_is_the_one_that_its_module_listens_on() {
        modules()
                .forEach((name, module) -> assertThat(text(module.resolve("src/main/resources/application.yaml")))
                        .contains("${KOINON_" + name.toUpperCase(Locale.ROOT) + "_PORT:" + portOf(name) + "}"));
    }

    @Test
    void the_ports_are_those_of_the_readme() {
        String readme = text(ROOT.resolve("README.md"));
        services()
                .keySet()
                .forEach(name -> assertThat(readme)
                        .as("%s in the table of ports", name)
                        .containsPattern("(?m)^\\| .*"
                                + (name.equals("kafka") ? "broker" : name.equals("mongodb") ? "database" : name)
                                + ".*\\| " + portOf(name) + " \\|"));
    }

    private static String portOf(String service) {
        return switch (service) {
            case "mongodb" -> "27017";
            case "kafka" -> "9092";
            default ->
                String.valueOf(
                        map(map(map(services().get(service)).get("build")).get("args"))
                                .get("PORT"));
        };
    }

    @Test
    void every_variable_is_one_that_the_module_reads() {
        modules().forEach((name, module) -> {
            Set<String> read = new TreeSet<>();
            Matcher variables = VARIABLE.matcher(configuration(module));
            while (variables.find()) read.add(variables.group(1));
            assertThat(read).as("%s reads", name).containsAll(environment(name).keySet());
        });
    }

    @Test
    void every_address_is_that_of_a_service_and_its_port() {
        Pattern address = Pattern.compile("(?:http://|mongodb://(?:.*@)?|^)([a-z]+):(\\d+)");
        modules()
                .keySet()
                .forEach(name -> environment(name).forEach((variable, value) -> {
                    Matcher found = address.matcher(String.valueOf(value));
                    while (found.find()) {
                        // What a browser of this machine is told.
                        if (found.group(1).equals("localhost")) {
                            assertThat(modules().keySet().stream().map(ComposeTest::portOf))
                                    .as(variable)
                                    .contains(found.group(2));
                            continue;
                        }
                        assertThat(services()).as(variable).containsKey(found.group(1));
                        assertThat(portOf(found.group(1))).as(variable).isEqualTo(found.group(2));
                    }
                }));
    }

    @Test
    void every_service_has_a_health_check_and_every_volume_a_name() {
        Set<String> volumes = map(COMPOSE.get("volumes")).keySet();
        services().forEach((name, service) -> {
            // What we build has its health check in the image.
            if (!modules().containsKey(name))
                assertThat(map(map(service).get("healthcheck"))).as(name).containsKeys("test", "interval", "retries");
            Stream.of(map(service).getOrDefault("volumes", List.of()))
                    .flatMap(it -> ((Collection<?>) it).stream())
                    .forEach(it ->
                            assertThat(volumes).contains(String.valueOf(it).split(":", -1)[0]));
        });
    }
}
