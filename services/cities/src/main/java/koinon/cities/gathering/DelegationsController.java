package koinon.cities.gathering;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import koinon.cities.ReasonRequest;
import koinon.cities.Violations;
import koinon.cities.city.Cities;
import koinon.cities.fact.SourceRequest;
import koinon.cities.gathering.attendance.Headcount;
import koinon.cities.gathering.attendance.ReportedAttendance;
import koinon.cities.gathering.programme.Category;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.http.constraint.OneOf;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Who comes to a gathering over HTTP: each city registers its own delegation; the secretariat and the host city count
/// those who came and enter what was reported. Each has an ETag of its own; the first time, `If-Match` is `*`.
@RestController
@RequestMapping("/api/v1/gatherings/{id}")
final class DelegationsController {

    private final Aggregates aggregates;
    private final Cities cities;

    DelegationsController(Aggregates aggregates, Cities cities) {
        this.aggregates = aggregates;
        this.cities = cities;
    }

    /// Numbers of people by category; an absent number is 0.
    record HeadcountRequest(
            @Nullable @Min(0) @Max(Headcount.MOST) Integer researchers,
            @Nullable @Min(0) @Max(Headcount.MOST) Integer authorities,
            @Nullable @Min(0) @Max(Headcount.MOST) Integer internationalOrganisations,
            @Nullable @Min(0) @Max(Headcount.MOST) Integer businesses,
            @Nullable @Min(0) @Max(Headcount.MOST) Integer communities,
            @Nullable @Min(0) @Max(Headcount.MOST) Integer individuals) {

        Headcount numbers() {
            return new Headcount(
                    orZero(researchers),
                    orZero(authorities),
                    orZero(internationalOrganisations),
                    orZero(businesses),
                    orZero(communities),
                    orZero(individuals));
        }

        private static int orZero(@Nullable Integer number) {
            return number == null ? 0 : number;
        }
    }

    /// @param whom who came: `Vietnamese delegates`
    /// @param figure as it is worded: `over 100`
    /// @param number the figure as a number; absent when it is none
    /// @param atLeast whether the number is the least that it may be; absent means false
    /// @param category of them all
    /// @param origin where they came from
    /// @param source who reported it
    record ReportRequest(
            @NotBlank @Size(max = 200) String whom,
            @NotBlank @Size(max = 200) String figure,
            @Nullable @Min(0) @Max(ReportedAttendance.MOST) Integer number,
            @Nullable Boolean atLeast,
            @Nullable @OneOf(Category.Codes.class) String category,
            @Nullable @Size(max = 200) String origin,
            @Nullable @Valid SourceRequest source) {

        ReportedAttendance report(String id) {
            return new ReportedAttendance(
                    id,
                    whom,
                    figure,
                    number,
                    Boolean.TRUE.equals(atLeast),
                    category,
                    Violations.known(origin),
                    source == null ? null : source.source());
        }
    }

    /// Registers the delegation of a city, until the registration closes.
    @PutMapping("/delegations/{city}")
    CommandResult register(
            @PathVariable String id,
            @PathVariable String city,
            @RequestBody HeadcountRequest request,
            Command command) {
        return aggregates.change(
                target(id).part(Attendance.delegationPart(city)),
                command,
                it -> it.register(city, cities.participant(city).orElse(null), request.numbers(), command.by()));
    }

    @PostMapping("/delegations/{city}/withdrawal")
    CommandResult withdraw(@PathVariable String id, @PathVariable String city, Command command) {
        return aggregates.change(
                target(id).part(Attendance.delegationPart(city)), command, it -> it.withdraw(city, command.by()));
    }

    /// Enters how many of a delegation came, from the first day on.
    @PutMapping("/delegations/{city}/attended")
    CommandResult attend(
            @PathVariable String id,
            @PathVariable String city,
            @RequestBody HeadcountRequest request,
            Command command) {
        return aggregates.change(
                target(id).part(Attendance.delegationPart(city)),
                command,
                it -> it.attend(city, request.numbers(), command.by()));
    }

    /// Enters who came as somebody reported it, from the first day on.
    @PutMapping("/attendance/{report}")
    CommandResult report(
            @PathVariable String id, @PathVariable String report, @RequestBody ReportRequest request, Command command) {
        return aggregates.change(
                target(id).part(Attendance.reportPart(report)),
                command,
                it -> it.report(request.report(report), command.by()));
    }

    @PostMapping("/attendance/{report}/withdrawal")
    CommandResult withdrawReport(
            @PathVariable String id, @PathVariable String report, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(
                target(id).part(Attendance.reportPart(report)),
                command,
                it -> it.withdrawReport(report, request.reason(), command.by()));
    }

    private static Target<Gathering> target(String id) {
        return Target.of(Gathering.class, id, _ -> true);
    }
}
