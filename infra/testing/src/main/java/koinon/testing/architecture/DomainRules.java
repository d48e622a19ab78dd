package koinon.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static koinon.testing.architecture.Conditions.have;
import static koinon.testing.architecture.Conditions.isA;
import static koinon.testing.architecture.Conditions.isAnnotated;
import static koinon.testing.architecture.Conditions.isBelow;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules on aggregates, their events, and all of their module that these are made of.
final class DomainRules {

    private static final List<String> PLAIN = List.of(
            "java",
            "org.jspecify",
            "com.ibm.icu.text",
            "org.springframework.data.annotation",
            "org.springframework.data.mongodb.core.mapping",
            "org.springframework.data.mongodb.core.index",
            "koinon.eventing.action",
            "koinon.eventing.model",
            "koinon.eventing.actor",
            "koinon.eventing.redaction",
            "koinon.eventing.rule",
            "koinon.eventing.value");
    private static final Pattern TIME_OR_CHANCE = Pattern.compile("java\\.time\\..*\\.now"
            + "|java\\.time\\.(Clock|InstantSource)\\.(system|tick).*"
            + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
            + "|java\\.util\\.UUID\\.randomUUID"
            + "|java\\.lang\\.Math\\.random"
            + "|java\\.util\\.Date\\.<init>"
            + "|java\\.(util|security)\\..*Random.*");

    private DomainRules() {}

    static ArchRule plain(String root, JavaClasses all) {
        return classes()
                .that(areOf(domain(root, all)))
                .should(have(
                        "depend on the JDK, JSpecify, transliteration and mapping annotations only",
                        it -> it.getDirectDependenciesFromSelf().stream()
                                .filter(to -> {
                                    JavaClass target = to.getTargetClass().getBaseComponentType();
                                    return !target.isPrimitive()
                                            && !isBelow(target, root)
                                            && PLAIN.stream().noneMatch(plain -> isBelow(target, plain));
                                })
                                .map(to -> to.getDescription())));
    }

    static ArchRule timeComesIn(String root, JavaClasses all) {
        return classes()
                .that(areOf(domain(root, all)))
                .should(have(
                        "be given time and ids",
                        it -> it.getCodeUnitAccessesFromSelf().stream()
                                .filter(to -> TIME_OR_CHANCE
                                        .matcher(to.getTargetOwner().getName() + "." + to.getName())
                                        .matches())
                                .map(to -> to.getDescription())));
    }

    static ArchRule noFinalField(String root, JavaClasses all) {
        Set<JavaClass> mapped = closure(
                root,
                all,
                it -> isAnnotated(it, "Document") || isA(it, "Aggregate"),
                it -> Stream.concat(
                        it.getRawSuperclass().stream(),
                        it.getFields().stream()
                                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                                .flatMap(field -> field.getAllInvolvedRawTypes().stream())));
        return classes()
                .that(areOf(mapped))
                .should(have(
                        "have no final field",
                        it -> it.isRecord() || it.isEnum()
                                ? Stream.empty()
                                : it.getFields().stream()
                                        .filter(DomainRules::isFinal)
                                        .map(field -> field.getFullName() + " is final and would not be read back")));
    }

    private static boolean isFinal(JavaField field) {
        return field.getModifiers().contains(JavaModifier.FINAL)
                && !field.getModifiers().contains(JavaModifier.STATIC);
    }

    /// Aggregates, events and whatever of the module these touch.
    private static Set<JavaClass> domain(String root, JavaClasses all) {
        return closure(
                root,
                all,
                it -> isA(it, "Aggregate") || isA(it, "DomainEvent"),
                it -> it.getDirectDependenciesFromSelf().stream().map(to -> to.getTargetClass()));
    }

    private static Set<JavaClass> closure(
            String root, JavaClasses all, Predicate<JavaClass> first, Function<JavaClass, Stream<JavaClass>> next) {
        Set<JavaClass> found = new LinkedHashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>(all.stream().filter(first).toList());
        while (!open.isEmpty()) {
            JavaClass type = open.pop();
            if (!isBelow(type, root) || !found.add(type)) continue;
            next.apply(type).map(JavaClass::getBaseComponentType).forEach(open::add);
        }
        return found;
    }

    private static DescribedPredicate<JavaClass> areOf(Set<JavaClass> some) {
        return Conditions.classes("belong to the domain", some::contains);
    }
}
