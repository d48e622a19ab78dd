package koinon.http.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.trace.Trace;
import koinon.testing.infrastructure.TestInfrastructure;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/// What a process writes for people, and in production for machines: a process of its own, with the settings of
/// all.
@Tag("parts")
class TraceLogTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void a_fact_is_one_line_that_names_its_trace_and_its_event() throws Exception {
        List<String> lines = logged(Map.of());
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .matches("[0-9:.]{12} WARN  " + TRACE + " thing/t1/7 Fact: Parked: cannot be read at all");
        assertThat(lines.getLast()).matches("[0-9:.]{12} WARN  Fact: By itself");
    }

    @Test
    void in_production_it_is_json_with_the_same_as_fields() throws Exception {
        String line = logged(Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs")).getFirst();
        assertThat(JsonPath.<String>read(line, "$.message")).startsWith("Parked");
        assertThat(JsonPath.<String>read(line, "$.trace.id")).isEqualTo(TRACE);
        assertThat(JsonPath.<String>read(line, "$.event.id")).isEqualTo("thing/t1/7");
        assertThat(JsonPath.<String>read(line, "$.service.name")).isEqualTo("things");
        assertThat(JsonPath.<String>read(line, "$.log.level")).isEqualTo("WARN");
    }

    /// Something happens to an event, and something by itself.
    static final class Facts {

        private Facts() {}

        static void main() {
            try (var _ = new SpringApplicationBuilder(Object.class)
                    .web(WebApplicationType.NONE)
                    .properties("spring.config.import=classpath:koinon-defaults.yaml", "spring.application.name=things")
                    .run()) {
                var event = new ConsumerRecord<>("koinon.things", 0, 0, "t1", new byte[0]);
                event.headers().add("traceparent", ("00-" + TRACE + "-00f067aa0ba902b7-01").getBytes(UTF_8));
                event.headers().add("ce_id", "thing/t1/7".getBytes(UTF_8));
                var log = LoggerFactory.getLogger("koinon.Fact");
                try (var _ = Trace.logged(event)) {
                    log.warn("Parked: cannot be read\n   at all");
                }
                log.warn("By itself");
            }
        }
    }

    private static List<String> logged(Map<String, String> settings) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classpath(),
                Facts.class.getName());
        process.environment().putAll(settings);
        Process started = process.redirectErrorStream(true).start();
        List<String> lines = started.inputReader().lines().toList();
        assertThat(started.waitFor()).as("%s", lines).isZero();
        return lines.stream().filter(it -> it.contains("WARN")).toList();
    }

    /// Ours without what tests share, which has a quieter log of its own.
    private static String classpath() {
        String shared = TestInfrastructure.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(it -> !Path.of(it).equals(Path.of(shared)))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
