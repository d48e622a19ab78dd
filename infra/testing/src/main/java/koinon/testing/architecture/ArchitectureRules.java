package koinon.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The rules of the house, held against the classes of one module:
///
/// ```
/// @TestFactory
/// Stream<DynamicTest> the_rules_of_the_house_hold() {
///     return ArchitectureRules.of("koinon.cities").mayUse("koinon.eventing", "koinon.http").tests();
/// }
/// ```
///
/// A rule that finds nothing to look at fails, unless that is allowed deliberately.
public final class ArchitectureRules {

    private final String root;
    private final JavaClasses classes;
    private Set<String> used = Set.of();
    private Set<String> writing = Set.of();
    private final Set<Rule> empty = EnumSet.noneOf(Rule.class);
    private final Map<Rule, String> left = new EnumMap<>(Rule.class);

    /// What holds in every module.
    public enum Rule {
        /// Services and gateway stand on infra, nothing of infra on them, and no service on another.
        NEIGHBOURS,
        /// Aggregates, events and all that they are made of know the JDK, JSpecify and Spring Data's annotations
        /// only.
        PLAIN_DOMAIN,
        /// Only the relay sends to Kafka.
        ONE_SENDER,
        /// `@KafkaListener` stands in every `*Listener` and nowhere else.
        LISTENERS,
        /// Only `Aggregates` writes aggregates; repositories only find.
        ONE_WRITER,
        /// A mapped class has no final field, which would silently not be read back; records excepted.
        NO_FINAL_FIELD,
        /// Controllers and listeners are package-private, and repositories that no other package reads by.
        HIDDEN,
        /// Time and ids come into an aggregate as arguments.
        TIME_COMES_IN,
        /// Packages depend on each other in one direction.
        NO_CYCLE,
        /// Every package is `@NullMarked`.
        NULL_MARKED,
        /// No Lombok, no `*Impl`, `*Util`, `*Helper`, `*Manager`, no mapper and no dto packages; a simple name is
        /// used once in a module.
        NAMES,
        /// A feature is a package of at most ten types.
        SMALL_PACKAGES
    }

    private ArchitectureRules(String root, JavaClasses classes) {
        this.root = root;
        this.classes = classes;
    }

    /// The classes below a package, without those of tests.
    public static ArchitectureRules of(String root) {
        return new ArchitectureRules(
                root,
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        // What a build that works out the beans (`process-aot`) leaves beside the compiled classes:
                        // `Type__BeanDefinitions` and `Type$$SpringCGLIB$$0`.
                        .withImportOption(it -> !it.contains("__") && !it.contains("$$"))
                        .importPackages(root));
    }

    /// Some packages of a module, wherever their classes lie: for planted violations.
    static ArchitectureRules of(String root, String... packages) {
        return new ArchitectureRules(root, new ClassFileImporter().importPackages(packages));
    }

    /// Names the other modules that this one stands on, by their root packages.
    public ArchitectureRules mayUse(String... roots) {
        used = Set.of(roots);
        return this;
    }

    /// Names packages that store documents of their own which are no aggregates, such as a ledger's entries; they
    /// may not know an aggregate then.
    public ArchitectureRules mayWrite(String... packages) {
        writing = Set.of(packages);
        return this;
    }

    /// Allows rules to find nothing here: a service that hears nobody has no listener.
    public ArchitectureRules mayFindNothingFor(Rule... rules) {
        empty.addAll(List.of(rules));
        return this;
    }

    /// Leaves a rule out, for a reason that the reader is told.
    public ArchitectureRules without(Rule rule, String reason) {
        left.put(rule, reason);
        return this;
    }

    /// One test per rule.
    public Stream<DynamicTest> tests() {
        return Stream.of(Rule.values())
                .filter(it -> !left.containsKey(it))
                .map(it -> DynamicTest.dynamicTest(it.name().toLowerCase(Locale.ROOT), () -> check(it)));
    }

    /// @throws AssertionError naming every violation
    void check(Rule rule) {
        for (ArchRule one : rules(rule))
            one.allowEmptyShould(empty.contains(rule)).check(classes);
    }

    private List<ArchRule> rules(Rule rule) {
        return switch (rule) {
            case NEIGHBOURS -> List.of(BoundaryRules.neighbours(root, used));
            case PLAIN_DOMAIN -> List.of(DomainRules.plain(root, classes));
            case ONE_SENDER -> List.of(BoundaryRules.oneSender());
            case LISTENERS -> List.of(BoundaryRules.listenersAreCalled(), BoundaryRules.listenersAreNamed());
            case ONE_WRITER -> List.of(BoundaryRules.oneWriter(writing), BoundaryRules.repositoriesOnlyFind());
            case NO_FINAL_FIELD -> List.of(DomainRules.noFinalField(root, classes));
            case HIDDEN -> List.of(BoundaryRules.hidden());
            case TIME_COMES_IN -> List.of(DomainRules.timeComesIn(root, classes));
            case NO_CYCLE -> List.of(PackageRules.noCycle());
            case NULL_MARKED -> List.of(PackageRules.nullMarked());
            case NAMES -> List.of(PackageRules.names(), PackageRules.uniqueNames(classes));
            case SMALL_PACKAGES -> List.of(PackageRules.small());
        };
    }
}
