package koinon.cities.gathering.programme;

import java.util.List;
import java.util.function.Supplier;
import koinon.cities.Violations;
import koinon.eventing.redaction.FreeText;

/// An organisation that organises a gathering.
///
/// @param role `organiser`, `in-collaboration-with` or `host`
/// @param kind what it is: `city-department`, `institute`, `un-agency`, `ministry` or `other`
public record Organiser(@FreeText String name, String role, String kind) {

    static final int LONGEST = 300;

    private static final List<String> ROLES = List.of("organiser", "in-collaboration-with", "host");
    private static final List<String> KINDS = List.of("city-department", "institute", "un-agency", "ministry", "other");

    /// All roles.
    public static final class Roles implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return ROLES;
        }
    }

    /// All kinds.
    public static final class Kinds implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return KINDS;
        }
    }

    /// @param pointer JSON pointer of the organiser in the request
    public void check(String pointer, Violations violations) {
        violations.line(pointer + "/name", name, LONGEST);
        violations.oneOf(pointer + "/role", role, ROLES);
        violations.oneOf(pointer + "/kind", kind, KINDS);
    }
}
