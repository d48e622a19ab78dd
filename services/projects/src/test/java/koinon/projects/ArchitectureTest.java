package koinon.projects;

import java.util.stream.Stream;
import koinon.testing.architecture.ArchitectureRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> the_rules_of_the_house_hold() {
        return ArchitectureRules.of("koinon.projects")
                .mayUse("koinon.eventing", "koinon.http")
                .tests();
    }
}
