package koinon.testing.doors;

import java.util.Optional;
import koinon.testing.Tokens;
import koinon.testing.Tokens.Person;

/// A column of the table: somebody who knocks. Each is a person of its own.
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

    private final String header;

    Role(String header) {
        this.header = header;
    }

    /// As it stands over the column.
    String header() {
        return header;
    }

    /// The header `Authorization`; empty for who shows no token.
    Optional<String> bearer(Cast cast) {
        return person(cast).map(Person::bearer);
    }

    private Optional<Person> person(Cast cast) {
        Person one = Tokens.person("knocks-as-" + name());
        return Optional.ofNullable(
                switch (this) {
                    case NOBODY -> null;
                    case EXPIRED -> everything(one, cast).expired();
                    case NO_MANDATE -> one;
                    case SECRETARIAT -> one.mandate("secretariat", "network");
                    case LEAD_EDITOR -> one.mandate("city-editor", "city/" + cast.lead());
                    case LEAD_SIGNATORY -> one.mandate("city-signatory", "city/" + cast.lead());
                    case PARTNER_EDITOR -> one.mandate("city-editor", "city/" + cast.partner());
                    case PARTNER_SIGNATORY -> one.mandate("city-signatory", "city/" + cast.partner());
                    case OTHER_EDITOR -> one.mandate("city-editor", "city/zz-elsewhere");
                    case OTHER_SIGNATORY -> one.mandate("city-signatory", "city/zz-elsewhere");
                    case OFFICER -> one.mandate("funder-officer", "funder/" + cast.funder());
                    case APPROVER -> one.mandate("funder-approver", "funder/" + cast.funder());
                    case OTHER_OFFICER -> one.mandate("funder-officer", "funder/zz-other");
                    case OTHER_APPROVER -> one.mandate("funder-approver", "funder/zz-other");
                    case REVIEWER -> one.mandate("reviewer", "network");
                    case CONTROLLER -> one.mandate("controller", "network");
                    case AUDITOR -> one.mandate("auditor", "network");
                    case OPERATOR -> one.mandate("operator", "network");
                });
    }

    /// A token that would open every door.
    private static Person everything(Person one, Cast cast) {
        return one.mandate("secretariat", "network")
                .mandate("city-editor", "city/" + cast.lead())
                .mandate("city-signatory", "city/" + cast.lead())
                .mandate("funder-officer", "funder/" + cast.funder())
                .mandate("funder-approver", "funder/" + cast.funder());
    }
}
