package koinon.gateway;

import java.util.stream.Stream;
import koinon.testing.architecture.ArchitectureRules;
import koinon.testing.architecture.ArchitectureRules.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_hold() {
        return ArchitectureRules.of("koinon.gateway")
                .mayUse("koinon.eventing", "koinon.http")
                .mayWrite(
                        "koinon.gateway.topics",
                        "koinon.gateway.store",
                        "koinon.gateway.timeline",
                        "koinon.gateway.session")
                .mayFindNothingFor(
                        Rule.PLAIN_DOMAIN,
                        Rule.TIME_COMES_IN,
                        Rule.NO_FINAL_FIELD,
                        Rule.LISTENERS,
                        Rule.ONE_WRITER,
                        Rule.HIDDEN)
                .tests();
    }
}
