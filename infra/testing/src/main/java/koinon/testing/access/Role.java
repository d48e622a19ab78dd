package koinon.testing.access;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.testing.http.Tokens;
import koinon.testing.http.Tokens.Person;

/// A kind of caller. Each is a person of its own.
enum Role {
    NOBODY("no token"),
    EXPIRED("expired"),
    NO_MANDATE("no mandate"),
    SECRETARIAT("secretariat"),
    LEAD_EDITOR("lead editor"),
    LEAD_SIGNATORY("lead signatory"),
    PARTNER_EDITOR("partner editor"),
    PARTNER_SIGNATORY("partner signatory"),
    OTHER_EDITOR("other city's editor"),
    OTHER_SIGNATORY("other city's signatory"),
    OFFICER("officer"),
    APPROVER("approver"),
    OTHER_OFFICER("other funder's officer"),
    OTHER_APPROVER("other funder's approver"),
    REVIEWER("reviewer"),
    CONTROLLER("controller"),
    AUDITOR("auditor"),
    OPERATOR("operator");

    private final String title;

    Role(String title) {
        this.title = title;
    }

    /// The callers of a line.
    ///
    /// @param callers titles and names of groups, joined by commas
    static Set<Role> named(String callers) {
        return Stream.of(callers.split(", ", -1))
                .flatMap(it -> group(it).stream())
                .collect(Collectors.toSet());
    }

    private static Set<Role> group(String name) {
        return switch (name) {
            case "everybody" -> EnumSet.complementOf(EnumSet.of(EXPIRED));
            case "everybody with a token" -> EnumSet.complementOf(EnumSet.of(NOBODY, EXPIRED));
            case "nobody" -> EnumSet.noneOf(Role.class);
            case "network" -> EnumSet.of(SECRETARIAT, REVIEWER, CONTROLLER, AUDITOR);
            case "lead" -> EnumSet.of(LEAD_EDITOR, LEAD_SIGNATORY);
            case "partner" -> EnumSet.of(PARTNER_EDITOR, PARTNER_SIGNATORY);
            case "other city" -> EnumSet.of(OTHER_EDITOR, OTHER_SIGNATORY);
            case "funder" -> EnumSet.of(OFFICER, APPROVER);
            case "other funder" -> EnumSet.of(OTHER_OFFICER, OTHER_APPROVER);
            default ->
                EnumSet.of(Stream.of(values())
                        .filter(it -> it.title.equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("There is no caller " + name)));
        };
    }

    @Override
    public String toString() {
        return title;
    }

    /// The header `Authorization`; empty for who shows no token.
    Optional<String> bearer(AccessFixture fixture) {
        return person(fixture).map(Person::bearer);
    }

    private Optional<Person> person(AccessFixture fixture) {
        Person one = Tokens.person("caller-as-" + name());
        return Optional.ofNullable(
                switch (this) {
                    case NOBODY -> null;
                    case EXPIRED -> everything(one, fixture).expired();
                    case NO_MANDATE -> one;
                    case SECRETARIAT -> one.mandate("secretariat", "network");
                    case LEAD_EDITOR -> one.mandate("city-editor", "city/" + fixture.lead());
                    case LEAD_SIGNATORY -> one.mandate("city-signatory", "city/" + fixture.lead());
                    case PARTNER_EDITOR -> one.mandate("city-editor", "city/" + fixture.partner());
                    case PARTNER_SIGNATORY -> one.mandate("city-signatory", "city/" + fixture.partner());
                    case OTHER_EDITOR -> one.mandate("city-editor", "city/zz-elsewhere");
                    case OTHER_SIGNATORY -> one.mandate("city-signatory", "city/zz-elsewhere");
                    case OFFICER -> one.mandate("funder-officer", "funder/" + fixture.funder());
                    case APPROVER -> one.mandate("funder-approver", "funder/" + fixture.funder());
                    case OTHER_OFFICER -> one.mandate("funder-officer", "funder/zz-other");
                    case OTHER_APPROVER -> one.mandate("funder-approver", "funder/zz-other");
                    case REVIEWER -> one.mandate("reviewer", "network");
                    case CONTROLLER -> one.mandate("controller", "network");
                    case AUDITOR -> one.mandate("auditor", "network");
                    case OPERATOR -> one.mandate("operator", "network");
                });
    }

    /// A token that would open every door.
    private static Person everything(Person one, AccessFixture fixture) {
        return one.mandate("secretariat", "network")
                .mandate("city-editor", "city/" + fixture.lead())
                .mandate("city-signatory", "city/" + fixture.lead())
                .mandate("funder-officer", "funder/" + fixture.funder())
                .mandate("funder-approver", "funder/" + fixture.funder());
    }
}
