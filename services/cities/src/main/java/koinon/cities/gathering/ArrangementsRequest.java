package koinon.cities.gathering;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;
import koinon.cities.Violations;
import koinon.cities.fact.NameRequest;
import koinon.cities.fact.SourceRequest;
import koinon.cities.gathering.programme.Arrangements;
import koinon.cities.gathering.programme.Category;
import koinon.cities.gathering.programme.Organiser;
import koinon.cities.gathering.time.Days;
import koinon.eventing.action.Deadline;
import koinon.http.constraint.MultiLine;
import koinon.http.constraint.OneOf;
import org.jspecify.annotations.Nullable;

/// The arrangements of a gathering in a request; they replace the previous ones.
///
/// @param otherNames by which it is known too
/// @param topics what is talked about, beside or instead of sessions
/// @param registrationCloses delegations are registered before this moment; absent: before the first day
/// @param participants the categories of people that are expected; absent when unknown
/// @param sources where these facts come from
/// @param inferred which of the facts nobody states, and what they are inferred from
/// @param reason why they change
record ArrangementsRequest(
        @Nullable @Size(max = 20) List<@NotNull @Valid NameRequest> otherNames,
        @MultiLine @Nullable @Size(max = 500) String theme,
        @MultiLine @Nullable @Size(max = 2000) String topics,
        @Nullable @Size(max = 500) String venue,
        @NotNull @Valid DaysRequest days,
        @Nullable @Valid LocalDeadline registrationCloses,
        @Nullable @Size(max = 30) List<@NotNull @Valid OrganiserRequest> organisers,

        @Nullable @Size(max = 6) List<@NotNull @OneOf(Category.Codes.class) String> participants,

        @Nullable @Size(max = 30) List<@NotNull @Valid SourceRequest> sources,
        @MultiLine @Nullable @Size(max = 2000) String inferred,
        @MultiLine @NotBlank @Size(max = 2000) String reason) {

    /// The first and the last day, both included.
    ///
    /// @param zone IANA time zone id: `Asia/Bangkok`
    record DaysRequest(
            @NotNull LocalDate first,
            @NotNull LocalDate last,
            @NotBlank @Size(max = 50) String zone) {

        Days days() {
            return new Days(first, last, zone);
        }
    }

    /// A deadline in a request.
    ///
    /// @param local local time in the zone
    /// @param zone IANA time zone id: `Asia/Bangkok`
    record LocalDeadline(
            @NotNull LocalDateTime local,
            @NotBlank @Size(max = 50) String zone) {

        Deadline deadline() {
            return new Deadline(local, zone);
        }
    }

    record OrganiserRequest(
            @NotBlank @Size(max = 300) String name,

            @NotNull @OneOf(Organiser.Roles.class) String role,

            @NotNull @OneOf(Organiser.Kinds.class) String kind) {

        Organiser organiser() {
            return new Organiser(name, role, kind);
        }
    }

    Arrangements arrangements() {
        return new Arrangements(
                each(otherNames, NameRequest::name),
                Violations.known(theme),
                Violations.known(topics),
                Violations.known(venue),
                days.days(),
                registrationCloses == null ? null : registrationCloses.deadline(),
                each(organisers, OrganiserRequest::organiser),
                participants == null ? List.of() : participants,
                each(sources, SourceRequest::source),
                Violations.known(inferred));
    }

    static <R, V> List<V> each(@Nullable List<R> requests, Function<R, V> value) {
        return requests == null ? List.of() : requests.stream().map(value).toList();
    }
}
