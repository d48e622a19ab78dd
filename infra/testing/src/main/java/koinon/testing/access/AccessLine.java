package koinon.testing.access;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// A line of the table, `| POST /api/v1/funds/{id}/envelope-increase | officer | 403, or 404 if hidden |`, and what
/// it says of each caller.
///
/// @param operation as its description names it
/// @param letIn callers, joined by commas; after a semicolon `<callers>: <cell>` for those who find something else
/// @param others how all others are refused
record AccessLine(String operation, String letIn, String others) {

    private static final String IF_HIDDEN = ", or 404 if hidden";
    private static final String WITHOUT_TOKEN_TOO = ", also without a token";

    /// A cell for each caller, as [Access] finds them.
    ///
    /// @param blind the callers who may not read the resource
    Map<Role, String> cells(Set<Role> blind) {
        Map<Role, String> cells = new EnumMap<>(Role.class);
        for (Role role : Role.values()) cells.put(role, refusal(role, blind));
        for (String group : letIn.split("; ", -1)) {
            String[] parts = group.split(": ", 2);
            for (Role role : Role.named(parts[0])) cells.put(role, parts.length == 1 ? read(parts[0]) : cell(parts[1]));
        }
        return cells;
    }

    private static String read(String callers) {
        return callers.equals("everybody") ? Access.PUBLIC : Access.LET_IN;
    }

    private static String cell(String outcome) {
        return outcome.equals("more") ? Access.LET_IN : outcome;
    }

    private String refusal(Role role, Set<Role> blind) {
        String status = others.replace(IF_HIDDEN, "").replace(WITHOUT_TOKEN_TOO, "");
        return switch (role) {
            case NOBODY -> others.endsWith(WITHOUT_TOKEN_TOO) ? status : "401";
            case EXPIRED -> "401";
            default -> others.endsWith(IF_HIDDEN) && blind.contains(role) ? "404" : status;
        };
    }
}
