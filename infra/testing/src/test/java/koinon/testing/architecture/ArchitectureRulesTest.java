package koinon.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import koinon.testing.architecture.ArchitectureRules.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Each rule of the house bites: what is planted in the packages `planted.*` of these tests is caught.
class ArchitectureRulesTest {

    @ParameterizedTest
    @CsvSource({
        "NEIGHBOURS, neighbours, koinon.local.process.Ports",
        "PLAIN_DOMAIN, domain, tools.jackson.databind",
        "ONE_SENDER, sender, org.apache.kafka.clients.producer.Producer",
        "LISTENERS, listener, planted.listener.Ear",
        "LISTENERS, deaf, planted.deaf.DeafListener has no @KafkaListener",
        "ONE_WRITER, writer, planted.parts.MongoOperations.save",
        "ONE_WRITER, repository, planted.repository.Things is a CrudRepository",
        "NO_FINAL_FIELD, field, planted.field.Thing$Part.name is final",
        "HIDDEN, hidden, planted.hidden.OpenController is public",
        "HIDDEN, repositoryopen, planted.repositoryopen.Things is public",
        "TIME_COMES_IN, time, java.time.Instant.now",
        "TIME_COMES_IN, time, java.util.UUID.randomUUID",
        "NO_CYCLE, cycle, planted.cycle.one",
        "NULL_MARKED, unmarked, planted.unmarked.Unmarked",
        "NAMES, names, planted.names.ThingManager",
        "NAMES, mapper, planted.mapper.Thing",
        "NAMES, twin, Twin is the name of planted.twin.one.Twin and of planted.twin.other.Twin",
        "SMALL_PACKAGES, large, planted.large has 11 types"
    })
    void a_planted_violation_is_caught_and_named(Rule rule, String planted, String named) {
        assertThatThrownBy(() -> rules(planted).mayFindNothingFor(Rule.values()).check(rule))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(named);
    }

    @TestFactory
    Stream<DynamicTest> a_feature_as_it_should_be_keeps_every_rule() {
        return rules("good").tests();
    }

    @ParameterizedTest
    @EnumSource
    void a_rule_that_finds_nothing_fails(Rule rule) {
        assertThatThrownBy(() -> ArchitectureRules.of("nowhere").check(rule)).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_rule_may_find_nothing_where_that_is_allowed() {
        ArchitectureRules.of("planted", "planted.unmarked")
                .mayFindNothingFor(Rule.LISTENERS)
                .check(Rule.LISTENERS);
    }

    @Test
    void a_package_may_write_what_is_no_aggregate_and_only_that() {
        rules("writer")
                .mayWrite("planted.writer")
                .mayFindNothingFor(Rule.ONE_WRITER)
                .check(Rule.ONE_WRITER);
        assertThatThrownBy(() -> rules("sneaky")
                        .mayWrite("planted.sneaky")
                        .mayFindNothingFor(Rule.ONE_WRITER)
                        .check(Rule.ONE_WRITER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("planted.parts.MongoOperations.save");
    }

    @Test
    void a_rule_that_is_left_out_is_not_run() {
        assertThat(rules("good").without(Rule.NAMES, "for this test").tests()).hasSize(Rule.values().length - 1);
    }

    private static ArchitectureRules rules(String planted) {
        return ArchitectureRules.of("planted", "planted." + planted);
    }
}
