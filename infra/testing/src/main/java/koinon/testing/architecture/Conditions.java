package koinon.testing.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// How the rules of the house are put together. Types of others are known by their simple names, for this module
/// depends neither on eventing and http nor on Spring Data or Spring Kafka.
final class Conditions {

    private Conditions() {}

    static DescribedPredicate<JavaClass> classes(String description, Predicate<JavaClass> which) {
        return DescribedPredicate.describe(description, which);
    }

    /// Fails for each sentence that is found for a class.
    static ArchCondition<JavaClass> have(String description, Function<JavaClass, Stream<String>> violations) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                violations.apply(item).forEach(it -> events.add(SimpleConditionEvent.violated(item, it)));
            }
        };
    }

    /// Whether it is, or extends, or implements a type of this simple name, at whichever level.
    static boolean isA(JavaClass type, String simpleName) {
        return type.getSimpleName().equals(simpleName)
                || Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                        .anyMatch(it -> it.getSimpleName().equals(simpleName));
    }

    static boolean isAnnotated(CanBeAnnotated element, String simpleName) {
        return element.isAnnotatedWith(DescribedPredicate.describe(
                "@" + simpleName, it -> it.getRawType().getSimpleName().equals(simpleName)));
    }

    static boolean isBelow(JavaClass type, String root) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }
}
