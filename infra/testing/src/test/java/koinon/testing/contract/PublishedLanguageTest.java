package koinon.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What is written from the contract files is not stale. Run with `-Dcontracts.write=true` to write it.
class PublishedLanguageTest {

    private static final boolean WRITE = Boolean.getBoolean("contracts.write");

    @Test
    void asyncapi_yaml_is_what_the_contract_files_say() throws IOException {
        assertWritten(Contracts.folder().resolve("asyncapi.yaml"), AsyncApi.of(Contracts.all()));
    }

    @Test
    void asyncapi_yaml_is_valid_AsyncAPI_3() throws IOException {
        assertThat(official().validate(AsyncApi.of(Contracts.all()), InputFormat.YAML))
                .isEmpty();
    }

    @Test
    void what_is_no_AsyncAPI_is_refused() throws IOException {
        String planted = AsyncApi.of(Contracts.all()).replace("action: send", "action: shout");
        assertThat(official().validate(planted, InputFormat.YAML)).isNotEmpty();
    }

    @Test
    void every_canvas_lists_the_events_that_its_service_publishes_and_hears() throws IOException {
        for (Path canvas : Canvas.all()) {
            String text = Files.readString(canvas);
            assertThat(Canvas.hasBlock(text))
                    .as("%s has its block of events", canvas.getFileName())
                    .isTrue();
            String service = canvas.getFileName().toString().replace(".md", "");
            assertWritten(canvas, Canvas.written(service, text, Contracts.all()));
        }
    }

    private static void assertWritten(Path file, String expected) throws IOException {
        if (WRITE) Files.writeString(file, expected);
        assertThat(file).as("write it with -Dcontracts.write=true").hasContent(expected);
    }

    private static Schema official() throws IOException {
        try (InputStream schema = PublishedLanguageTest.class.getResourceAsStream("/asyncapi/asyncapi-3.0.0.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(
                            new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8),
                            InputFormat.JSON);
        }
    }
}
