package koinon.bench;

import java.util.stream.Stream;
import koinon.testing.architecture.ArchitectureRules;
import koinon.testing.architecture.ArchitectureRules.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_hold() {
        return ArchitectureRules.of("koinon.bench")
                .mayUse("koinon.eventing", "koinon.http", "koinon.demo")
                .mayFindNothingFor(
                        Rule.PLAIN_DOMAIN, Rule.TIME_COMES_IN, Rule.NO_FINAL_FIELD, Rule.LISTENERS, Rule.HIDDEN)
                .without(Rule.ONE_SENDER, "The bench fills topics, and measures beside raw sends")
                .without(Rule.ONE_WRITER, "The bench measures beside raw inserts")
                .tests();
    }
}
