package koinon.cities;

import java.util.stream.Stream;
import koinon.testing.architecture.ArchitectureRules;
import koinon.testing.architecture.ArchitectureRules.Rule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_hold() {
        return ArchitectureRules.of("koinon.cities")
                .mayUse("koinon.eventing", "koinon.http")
                .mayFindNothingFor(Rule.LISTENERS) // Cities has no listeners.
                .tests();
    }
}
