package koinon.eventing;

import java.util.stream.Stream;
import koinon.testing.architecture.ArchitectureRules;
import koinon.testing.architecture.ArchitectureRules.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_hold() {
        return ArchitectureRules.of("koinon.eventing")
                .mayFindNothingFor(Rule.LISTENERS, Rule.ONE_WRITER) // It has only what these stand on.
                .tests();
    }
}
