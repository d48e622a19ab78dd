package koinon.testing.architecture;

import java.util.stream.Stream;
import koinon.testing.architecture.ArchitectureRules.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Of this module, and of the one that it stands on.
class ArchitectureTest {

    private static final Rule[] OF_SERVICES = {
        Rule.PLAIN_DOMAIN, Rule.TIME_COMES_IN, Rule.NO_FINAL_FIELD, Rule.LISTENERS, Rule.ONE_WRITER, Rule.HIDDEN
    };

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_hold_for_testing() {
        return ArchitectureRules.of("koinon.testing")
                .mayUse("koinon.local")
                .mayFindNothingFor(OF_SERVICES)
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_hold_for_local() {
        return ArchitectureRules.of("koinon.local")
                .mayFindNothingFor(OF_SERVICES)
                .tests();
    }
}
