package koinon.testing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static koinon.testing.architecture.Conditions.have;
import static koinon.testing.architecture.Conditions.isA;
import static koinon.testing.architecture.Conditions.isAnnotated;
import static koinon.testing.architecture.Conditions.isBelow;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules on what touches what is outside: other modules, Kafka, the database, callers.
final class BoundaryRules {

    private static final Set<String> REPOSITORIES_THAT_WRITE =
            Set.of("CrudRepository", "ListCrudRepository", "PagingAndSortingRepository", "MongoRepository");
    private static final Pattern WRITING = Pattern.compile("(insert|save|delete|remove|update|upsert|replace).*"
            + "|findAnd(Modify|Remove|Replace|Delete|Update).*|bulk.*|executeCommand|(drop|create)Collection.*");

    private BoundaryRules() {}

    static ArchRule neighbours(String root, Set<String> used) {
        return classes()
                .should(have(
                        "use of Koinon only themselves and " + used,
                        it -> it.getDirectDependenciesFromSelf().stream()
                                .filter(to -> isBelow(to.getTargetClass(), "koinon"))
                                .filter(to -> !isBelow(to.getTargetClass(), root))
                                .filter(to -> used.stream().noneMatch(may -> isBelow(to.getTargetClass(), may)))
                                .map(to -> to.getDescription())));
    }

    static ArchRule oneSender() {
        return classes()
                .that(Conditions.classes("are not the relay", it -> !isBelow(it, "koinon.eventing.relay")))
                .should(have(
                        "not send to Kafka",
                        it -> it.getDirectDependenciesFromSelf().stream()
                                .filter(to -> isBelow(to.getTargetClass(), "org.apache.kafka.clients.producer")
                                        || isA(to.getTargetClass(), "KafkaOperations"))
                                .map(to -> to.getDescription())));
    }

    static ArchRule listenersAreCalled() {
        return classes()
                .that(Conditions.classes(
                        "are classes called *Listener",
                        it -> !it.isInterface() && it.getSimpleName().endsWith("Listener")))
                .should(have(
                        "have a method with @KafkaListener",
                        it -> listens(it)
                                ? Stream.empty()
                                : Stream.of(it.getName() + " has no @KafkaListener and is never called")));
    }

    static ArchRule listenersAreNamed() {
        return classes()
                .that(Conditions.classes("have @KafkaListener", BoundaryRules::listens))
                .should()
                .haveSimpleNameEndingWith("Listener");
    }

    private static boolean listens(JavaClass type) {
        return isAnnotated(type, "KafkaListener")
                || type.getMethods().stream().anyMatch(method -> isAnnotated(method, "KafkaListener"));
    }

    /// @param writing packages that store what is no aggregate
    static ArchRule oneWriter(Set<String> writing) {
        Predicate<JavaClass> writesItself = it -> isBelow(it, "koinon.eventing.document")
                || isBelow(it, "koinon.eventing.relay")
                || isBelow(it, "koinon.eventing.inbox")
                || isBelow(it, "koinon.eventing.topic")
                || (writing.contains(it.getPackageName()) && !knowsAnAggregate(it));
        return classes()
                .that(Conditions.classes("are not eventing's own", writesItself.negate()))
                .should(have(
                        "not write to the database",
                        it -> it.getCodeUnitAccessesFromSelf().stream()
                                .filter(to -> writes(to.getTarget()))
                                .map(to -> to.getDescription())));
    }

    private static boolean knowsAnAggregate(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream().anyMatch(to -> isA(to.getTargetClass(), "Aggregate"));
    }

    private static boolean writes(AccessTarget.CodeUnitAccessTarget target) {
        JavaClass owner = target.getOwner();
        boolean database = isA(owner, "MongoOperations") || isA(owner, "MongoCollection");
        return database && WRITING.matcher(target.getName()).matches();
    }

    static ArchRule repositoriesOnlyFind() {
        return classes()
                .that(Conditions.classes(
                        "are repositories", it -> isA(it, "Repository") || isAnnotated(it, "Repository")))
                .should(have(
                        "only find",
                        it -> Stream.concat(
                                REPOSITORIES_THAT_WRITE.stream()
                                        .filter(writer -> isA(it, writer))
                                        .map(writer -> it.getName() + " is a " + writer),
                                it.getMethods().stream()
                                        .filter(method -> WRITING.matcher(method.getName())
                                                .matches())
                                        .map(method -> method.getFullName() + " writes"))));
    }

    static ArchRule hidden() {
        return classes()
                .that(Conditions.classes(
                        "are controllers, listeners or repositories",
                        it -> isController(it) || listens(it) || isRepository(it)))
                .should(have(
                        "be package-private",
                        it -> it.getModifiers().contains(JavaModifier.PUBLIC) && !(isRepository(it) && isReadBeyond(it))
                                ? Stream.of(it.getName() + " is public")
                                : Stream.empty()));
    }

    private static boolean isController(JavaClass type) {
        return isAnnotated(type, "RestController")
                || isAnnotated(type, "Controller")
                || type.getSimpleName().endsWith("Controller");
    }

    private static boolean isRepository(JavaClass type) {
        return isA(type, "Repository") || isAnnotated(type, "Repository");
    }

    private static boolean isReadBeyond(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .anyMatch(from -> !from.getOriginClass().getPackageName().equals(type.getPackageName()));
    }
}
