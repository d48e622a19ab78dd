package koinon.platform;

import java.util.stream.Stream;
import koinon.testing.ArchitectureRules;
import koinon.testing.ArchitectureRules.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_hold() {
        return ArchitectureRules.of("koinon.platform")
                .mayFindNothingFor(Rule.LISTENERS, Rule.ONE_WRITER) // It has only what these stand on.
                .without(Rule.SMALL_PACKAGES, "A part of the platform is no feature.")
                .tests();
    }
}
