package koinon.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ContractsTest {

    private static final JsonMapper READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Retention(RetentionPolicy.RUNTIME)
    private @interface EventType {
        String value();
    }

    sealed interface Good {

        @EventType("koinon.city.left.v1")
        record Left(String reason) implements Good {}

        @EventType("koinon.city.designated.v1")
        record Designated(String field, @Nullable Integer year) implements Good {}
    }

    sealed interface Misnamed {

        @EventType("koinon.city.left.v1")
        record Left(String because) implements Misnamed {}
    }

    sealed interface Unpublished {

        @EventType("koinon.city.vanished.v1")
        record Vanished() implements Unpublished {}
    }

    @Test
    void every_contract_is_complete_and_accepts_its_own_examples() {
        assertThat(Contracts.all()).isNotEmpty();
        assertThat(Contracts.all().stream().flatMap(it -> it.flaws().stream())).isEmpty();
    }

    @Test
    void a_reader_that_takes_some_fields_of_some_events_reads_every_sample() {
        assertThat(Contracts.readsAll("cities", Good.class, READER::readValue))
                .anyMatch(Good.Designated.class::isInstance)
                .anyMatch(Good.Left.class::isInstance);
    }

    @Test
    void a_reader_is_refused_that_fails_on_a_field_it_does_not_know() {
        assertThatThrownBy(() -> Contracts.readsAll("cities", Good.class, STRICT::readValue))
                .hasMessageContaining("addedByALaterVersion");
    }

    @Test
    void a_reader_is_refused_that_expects_a_field_under_another_name() {
        assertThatThrownBy(() -> Contracts.readsAll("cities", Misnamed.class, READER::readValue))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("because");
    }

    @Test
    void a_reader_is_refused_that_hears_what_nobody_publishes() {
        assertThatThrownBy(() -> Contracts.readsAll("cities", Unpublished.class, READER::readValue))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("koinon.city.vanished.v1");
    }

    @Test
    void a_publisher_is_refused_that_has_no_record_for_a_contract() {
        assertThatThrownBy(() ->
                        Contracts.publishes("cities", Good.class, READER::writeValueAsString, new Good.Left("why")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("koinon.city.registered.v1");
    }
}
