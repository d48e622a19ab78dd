package koinon.eventing.rule;

import java.util.List;
import java.util.stream.Collectors;
import koinon.eventing.value.Sentence;
import org.jspecify.annotations.Nullable;

/// What was sent breaks rules of form; every violation is named. Answered as 400.
public final class ValidationFailed extends RuntimeException {

    private final List<Violation> violations;

    /// One error.
    ///
    /// @param pointer where, as a JSON pointer into the body (`/milestones/2/due`), or the name of a parameter
    /// @param sentence what
    public record Violation(String pointer, Sentence sentence) {

        public Violation(String pointer, String key, String text, @Nullable Object... values) {
            this(pointer, Sentence.of(key, text, values));
        }
    }

    public ValidationFailed(List<Violation> violations) {
        super(text(violations), null, false, false);
        this.violations = List.copyOf(violations);
    }

    public ValidationFailed(String pointer, Sentence sentence) {
        this(List.of(new Violation(pointer, sentence)));
    }

    public ValidationFailed(String pointer, String key, String text, @Nullable Object... values) {
        this(pointer, Sentence.of(key, text, values));
    }

    private static String text(List<Violation> violations) {
        return violations.stream().map(it -> it.sentence().text()).collect(Collectors.joining(" "));
    }

    /// Runs a check of a part of the body and adds what it finds, so that every violation is named at once.
    ///
    /// @param pointer JSON pointer of the part
    public static void collect(String pointer, Runnable check, List<Violation> found) {
        try {
            check.run();
        } catch (ValidationFailed e) {
            e.violations().forEach(it -> found.add(new Violation(pointer + it.pointer(), it.sentence())));
        }
    }

    public List<Violation> violations() {
        return violations;
    }
}
