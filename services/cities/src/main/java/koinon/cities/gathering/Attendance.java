package koinon.cities.gathering;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import koinon.cities.Participant;
import koinon.cities.Violations;
import koinon.cities.gathering.attendance.Delegation;
import koinon.cities.gathering.attendance.Headcount;
import koinon.cities.gathering.attendance.ReportedAttendance;
import koinon.cities.gathering.event.GatheringEvent.AttendanceReported;
import koinon.cities.gathering.event.GatheringEvent.AttendanceWithdrawn;
import koinon.cities.gathering.event.GatheringEvent.DelegationAttended;
import koinon.cities.gathering.event.GatheringEvent.DelegationEvent;
import koinon.cities.gathering.event.GatheringEvent.DelegationRegistered;
import koinon.cities.gathering.event.GatheringEvent.DelegationWithdrawn;
import koinon.cities.gathering.event.GatheringEvent.ReportEvent;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import org.jspecify.annotations.Nullable;

/// Who comes to a gathering: the delegations of cities, and what was reported of those who came. It checks a change and
/// stores it; the gathering raises the event.
final class Attendance {

    private static final int MOST_DELEGATIONS = 500;
    private static final int MOST_REPORTS = 50;

    private Map<String, Delegation> delegations = new LinkedHashMap<>();
    private Map<String, ReportedAttendance> reports = new LinkedHashMap<>();

    /// The event that registers or replaces the delegation of a city; empty if nothing changes.
    ///
    /// @param known the city; absent if it is not registered
    /// @param closes no delegation is registered from then on
    /// @throws RuleViolation when the city does not take part, or the registration is closed
    /// @throws ValidationFailed when it has nobody
    Optional<DelegationEvent> registered(
            String city, @Nullable Participant known, Headcount numbers, Instant now, Instant closes) {
        Participant.admitted(city, known, "city");
        var violations = new Violations();
        numbers.check(violations);
        if (numbers.total() == 0)
            violations.wrong("", "delegation.zero", "A delegation has at least one person; withdraw it instead.");
        violations.orThrow();
        if (!now.isBefore(closes))
            throw new RuleViolation("registration-closed", "The registration closed at %s.", "closed", closes);
        Programme.mustHaveRoom(delegations, city, MOST_DELEGATIONS);
        @Nullable Delegation before = delegations.get(city);
        if (before != null && before.registered().equals(numbers)) return Optional.empty();
        Map<String, Delegation> after = new LinkedHashMap<>(delegations);
        after.put(city, registered(before, numbers));
        Delegation.Sums sums = Delegation.Sums.of(after.values());
        return Optional.of(new DelegationRegistered(city, numbers, sums.registered(), sums.delegations()));
    }

    private static Delegation registered(@Nullable Delegation before, Headcount numbers) {
        return new Delegation(numbers, before == null ? null : before.attended());
    }

    /// The event that withdraws the delegation of a city.
    ///
    /// @throws RuleViolation when it has none, or when it was counted already
    DelegationEvent withdrawn(String city) {
        if (delegation(city).attended() != null)
            throw new RuleViolation(
                    "delegation-attended",
                    "The delegation of %s was counted at the gathering already; it is not withdrawn any more.",
                    "city",
                    city);
        Map<String, Delegation> after = new LinkedHashMap<>(delegations);
        after.remove(city);
        Delegation.Sums sums = Delegation.Sums.of(after.values());
        return new DelegationWithdrawn(city, sums.registered(), sums.delegations());
    }

    /// The event that says how many of a delegation came; empty if nothing changes.
    ///
    /// @throws RuleViolation when the city has registered no delegation
    Optional<DelegationEvent> attended(String city, Headcount numbers) {
        Delegation before = delegation(city);
        var violations = new Violations();
        numbers.check(violations);
        violations.orThrow();
        if (numbers.equals(before.attended())) return Optional.empty();
        Map<String, Delegation> after = new LinkedHashMap<>(delegations);
        after.put(city, new Delegation(before.registered(), numbers));
        Headcount sum =
                Objects.requireNonNull(Delegation.Sums.of(after.values()).attended());
        return Optional.of(new DelegationAttended(city, numbers, sum));
    }

    private Delegation delegation(String city) {
        @Nullable Delegation registered = delegations.get(city);
        if (registered == null)
            throw new RuleViolation("no-delegation", "%s has registered no delegation.", "city", city);
        return registered;
    }

    /// The event that adds or replaces a report; empty if nothing changes.
    ///
    /// @throws ValidationFailed with every violation
    Optional<ReportEvent> reported(ReportedAttendance report) {
        Programme.mustHaveRoom(reports, report.id(), MOST_REPORTS);
        var violations = new Violations();
        report.check(violations);
        violations.orThrow();
        return report.equals(reports.get(report.id())) ? Optional.empty() : Optional.of(new AttendanceReported(report));
    }

    /// Stores what happened.
    ///
    /// @return the part that it changed
    String when(DelegationEvent event) {
        switch (event) {
            case DelegationRegistered it ->
                delegations.put(it.city(), registered(delegations.get(it.city()), it.numbers()));
            case DelegationWithdrawn it -> delegations.remove(it.city());
            case DelegationAttended it ->
                delegations.put(it.city(), new Delegation(delegation(it.city()).registered(), it.numbers()));
        }
        return delegationPart(event.city());
    }

    /// Stores what happened.
    ///
    /// @return the part that it changed
    String when(ReportEvent event) {
        return switch (event) {
            case AttendanceReported it -> {
                reports.put(it.attendance().id(), it.attendance());
                yield reportPart(it.attendance().id());
            }
            case AttendanceWithdrawn it -> {
                reports.remove(it.attendance());
                yield reportPart(it.attendance());
            }
        };
    }

    static String delegationPart(String city) {
        return "delegation/" + city;
    }

    static String reportPart(String report) {
        return "attendance/" + report;
    }

    /// By the id of the city.
    Map<String, Delegation> delegations() {
        return delegations;
    }

    Delegation.Sums sums() {
        return Delegation.Sums.of(delegations.values());
    }

    /// By id.
    Map<String, ReportedAttendance> reports() {
        return reports;
    }
}
