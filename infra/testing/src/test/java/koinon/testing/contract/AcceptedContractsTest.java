package koinon.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Run with `-Dcontracts.accept=true` to accept what was added; what would be taken away is refused even then.
class AcceptedContractsTest {

    @Test
    void no_contract_takes_away_what_a_reader_was_promised_and_every_addition_is_accepted() throws IOException {
        AcceptedContracts now = AcceptedContracts.of(Contracts.all());
        AcceptedContracts accepted = AcceptedContracts.read();

        assertThat(accepted.brokenBy(now)).isEmpty();

        if (Boolean.getBoolean("contracts.accept")) Files.writeString(AcceptedContracts.file(), now.text());
        assertThat(AcceptedContracts.read())
                .as("infra/contracts/accepted.json; accept additions with -Dcontracts.accept=true")
                .isEqualTo(now);
    }

    private static final String FIRST = """
            {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"},
             "year": {"type": "integer"}, "parts": {"type": "array", "items": {"$ref": "#/$defs/part"}}},
             "$defs": {"part": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}},
             "examples": [{"name": "a"}]}""";

    @Test
    void a_field_more_and_an_example_more_are_an_addition() {
        assertThat(broken(FIRST.replace(
                        "\"year\": {\"type\": \"integer\"}",
                        "\"year\": {\"type\": \"integer\"}, \"field\": {\"type\": \"string\"}")))
                .isEmpty();
        assertThat(broken(FIRST.replace("[{\"name\": \"a\"}]", "[{\"name\": \"a\"}, {\"name\": \"b\"}]")))
                .isEmpty();
        assertThat(broken(FIRST.replace("[\"name\"]", "[\"name\", \"year\"]"))).isEmpty();
    }

    @Test
    void a_field_that_went_away_is_refused() {
        assertThat(broken(FIRST.replace("\"year\": {\"type\": \"integer\"},", "")))
                .containsExactly("koinon.thing.done.v1/year was integer:optional and is gone");
    }

    @Test
    void a_field_of_another_type_is_refused() {
        assertThat(broken(FIRST.replace("integer", "string"))).hasSize(1);
    }

    @Test
    void a_field_that_is_no_longer_always_there_is_refused_also_inside_a_list() {
        assertThat(broken(FIRST.replace("[\"name\"]", "[]"))).hasSize(1);
        assertThat(broken(FIRST.replace("\"required\": [\"id\"],", "")))
                .containsExactly("koinon.thing.done.v1/parts/*/id was string:required and is string:optional");
    }

    @Test
    void a_changed_sample_is_refused() {
        assertThat(broken(FIRST.replace("\"a\"", "\"b\""))).hasSize(1);
    }

    @Test
    void a_type_that_went_away_is_refused() {
        assertThat(AcceptedContracts.of(List.of(contract(FIRST))).brokenBy(AcceptedContracts.of(List.of())))
                .containsExactly("koinon.thing.done.v1 is no longer published");
    }

    private static List<String> broken(String later) {
        assertThat(later).isNotEqualTo(FIRST);
        return AcceptedContracts.of(List.of(contract(FIRST))).brokenBy(AcceptedContracts.of(List.of(contract(later))));
    }

    private static Contract contract(String json) {
        return new Contract("things", "koinon.thing.done.v1", Path.of("planted.json"), Contracts.parse(json));
    }
}
