package koinon.platform.model;

import java.util.List;
import java.util.stream.Collectors;

/// What was sent breaks rules of form; every violation is named. Answered as 400.
public final class Invalid extends RuntimeException {

    private final List<Violation> violations;

    /// One thing that is wrong.
    ///
    /// @param pointer where, as a JSON pointer into the body (`/milestones/2/due`), or the name of a parameter
    /// @param detail what, as a sentence
    public record Violation(String pointer, String detail) {}

    public Invalid(List<Violation> violations) {
        super(violations.stream().map(Violation::detail).collect(Collectors.joining(" ")), null, false, false);
        this.violations = List.copyOf(violations);
    }

    public Invalid(String pointer, String detail) {
        this(List.of(new Violation(pointer, detail)));
    }

    public List<Violation> violations() {
        return violations;
    }
}
