package koinon.eventing.actor;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A person's right to act in a role for a scope.
///
/// @param scope `<kind>/<id>`, or one word for the whole
/// @param from first day it holds, absent: always held
/// @param until last day it holds, absent: open
/// @param substituteOf id of the person acted for, absent: in one's own right
public record Mandate(
        String id,
        String role,
        String scope,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @Nullable String substituteOf) {

    /// The right that it grants.
    public Right right() {
        return new Right(role, scope);
    }

    /// The persons that count as the doer of what its holder does under it.
    List<String> hands(String holder) {
        return substituteOf == null || substituteOf.equals(holder) ? List.of(holder) : List.of(holder, substituteOf);
    }

    public boolean holdsOn(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
    }
}
