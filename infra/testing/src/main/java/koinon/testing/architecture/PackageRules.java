package koinon.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static koinon.testing.architecture.Conditions.have;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules on packages and names.
final class PackageRules {

    /// A feature that outgrows this and has a name in the field gets a package of its own.
    static final int MOST_TYPES = 10;

    private static final Pattern EMPTY_NAME = Pattern.compile(".+(Impl|Utils?|Helpers?|Managers?)");
    private static final Pattern LAYER = Pattern.compile("(.*\\.)?(mappers?|dtos?|utils?|helpers?|impl)(\\..*)?");

    private PackageRules() {}

    static ArchRule noCycle() {
        return SlicesRuleDefinition.slices()
                .assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "each package";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    static ArchRule nullMarked() {
        return classes()
                .should(have(
                        "be in a package that is @NullMarked",
                        it -> it.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")
                                ? Stream.empty()
                                : Stream.of(it.getName() + " is in a package without @NullMarked")));
    }

    static ArchRule names() {
        return classes().should(have("have a name of the field, and no Lombok", it -> {
            Stream<String> empty = EMPTY_NAME.matcher(it.getSimpleName()).matches()
                    ? Stream.of(it.getName() + " has a name that says nothing")
                    : Stream.empty();
            Stream<String> layer = LAYER.matcher(it.getPackageName()).matches()
                    ? Stream.of(it.getName() + " is in a package that is a layer")
                    : Stream.empty();
            Stream<String> lombok = it.getDirectDependenciesFromSelf().stream()
                    .filter(to -> Conditions.isBelow(to.getTargetClass(), "lombok"))
                    .map(to -> to.getDescription());
            return Stream.of(empty, layer, lombok).flatMap(all -> all);
        }));
    }

    /// A reader who meets a name need not ask which of several types is meant; nested types are read with their
    /// owner.
    static ArchRule uniqueNames(JavaClasses module) {
        Map<String, SortedSet<String>> byName = module.stream()
                .filter(it -> it.isTopLevelClass()
                        && !it.isArray()
                        && !it.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getName, Collectors.toCollection(TreeSet::new))));
        return classes().should(have("have a simple name of their own", it -> {
            SortedSet<String> same = byName.getOrDefault(it.getSimpleName(), Collections.emptySortedSet());
            return same.size() > 1 && same.contains(it.getName())
                    ? Stream.of(it.getSimpleName() + " is the name of " + String.join(" and of ", same))
                    : Stream.empty();
        }));
    }

    static ArchRule small() {
        return classes()
                .that(Conditions.classes(
                        "name their package", it -> it.getSimpleName().equals("package-info")))
                .should(have("stand beside at most " + MOST_TYPES + " types", it -> {
                    List<String> types = it.getPackage().getClasses().stream()
                            .filter(type -> type.isTopLevelClass() && !type.isArray())
                            .map(JavaClass::getSimpleName)
                            .filter(type -> !type.equals("package-info"))
                            .sorted()
                            .toList();
                    return types.size() <= MOST_TYPES
                            ? Stream.empty()
                            : Stream.of(it.getPackageName() + " has " + types.size() + " types: " + types);
                }));
    }
}
