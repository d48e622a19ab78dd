package koinon.cities.gathering;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import koinon.cities.Members;
import koinon.cities.Participant;
import koinon.cities.ReasonRequest;
import koinon.cities.RedactionRequest;
import koinon.cities.Violations;
import koinon.cities.city.Cities;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.NameRequest;
import koinon.cities.fact.SourceRequest;
import koinon.cities.gathering.ArrangementsRequest.DaysRequest;
import koinon.cities.gathering.ArrangementsRequest.LocalDeadline;
import koinon.cities.gathering.ArrangementsRequest.OrganiserRequest;
import koinon.cities.gathering.event.GatheringEvent.GatheringAnnounced;
import koinon.cities.gathering.programme.Category;
import koinon.cities.gathering.programme.GatheringKind;
import koinon.cities.gathering.time.Days;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.http.constraint.MultiLine;
import koinon.http.constraint.OneOf;
import koinon.http.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Gatherings over HTTP: everyone reads them; the secretariat and the host city announce, amend and confirm them.
@RestController
@RequestMapping("/api/v1/gatherings")
final class GatheringsController {

    private final Gatherings gatherings;
    private final Cities cities;
    private final Aggregates aggregates;

    GatheringsController(Gatherings gatherings, Cities cities, Aggregates aggregates) {
        this.gatherings = gatherings;
        this.cities = cities;
        this.aggregates = aggregates;
    }

    /// The initial data of a gathering. What is not known is left out.
    ///
    /// @param city id of the host city
    /// @param otherNames by which it is known too
    /// @param topics what is talked about, beside or instead of sessions
    /// @param registrationCloses delegations are registered before this moment; absent: before the first day
    /// @param participants the categories of people that are expected; absent when unknown
    /// @param sources where these facts come from
    /// @param inferred which of the facts nobody states, and what they are inferred from
    record AnnouncementRequest(
            @NotNull @OneOf(GatheringKind.Codes.class) String kind,

            @NotNull @Valid NameRequest title,
            @NotBlank @Size(max = 100) String city,
            @Nullable @Size(max = 20) List<@NotNull @Valid NameRequest> otherNames,
            @MultiLine @Nullable @Size(max = 500) String theme,
            @MultiLine @Nullable @Size(max = 2000) String topics,
            @Nullable @Size(max = 500) String venue,
            @NotNull @Valid DaysRequest days,
            @Nullable @Valid LocalDeadline registrationCloses,
            @Nullable @Size(max = 30) List<@NotNull @Valid OrganiserRequest> organisers,

            @Nullable @Size(max = 6) List<@NotNull @OneOf(Category.Codes.class) String> participants,

            @Nullable @Size(max = 30) List<@NotNull @Valid SourceRequest> sources,
            @MultiLine @Nullable @Size(max = 2000) String inferred) {

        GatheringAnnounced facts() {
            return new GatheringAnnounced(
                    kind,
                    title.name(),
                    city,
                    new ArrangementsRequest(
                                    otherNames,
                                    theme,
                                    topics,
                                    venue,
                                    days,
                                    registrationCloses,
                                    organisers,
                                    participants,
                                    sources,
                                    inferred,
                                    "")
                            .arrangements());
        }
    }

    /// A gathering in a list.
    ///
    /// @param city id of the host city
    /// @param cityName registered name of the host city
    record Row(
            String id,
            String kind,
            LocalName title,
            Gathering.State state,
            String city,
            String cityName,
            @Nullable String theme,
            @Nullable String venue,
            Days days) {

        static Row of(Gathering it, @Nullable Participant host) {
            return new Row(
                    it.id(),
                    it.kind(),
                    it.title(),
                    it.state(),
                    it.city(),
                    host == null ? it.city() : host.name(),
                    it.arrangements().theme(),
                    it.arrangements().venue(),
                    it.arrangements().days());
        }
    }

    @PostMapping
    CommandResult announce(@RequestBody AnnouncementRequest request, Command command) {
        return aggregates.create(
                command,
                () -> Gathering.announce(
                        request.facts(), cities.participant(request.city()).orElse(null), command.by()));
    }

    /// Replaces the arrangements: theme, venue, days, registration, organisers, other names and sources.
    @PutMapping("/{id}/arrangements")
    CommandResult amend(@PathVariable String id, @RequestBody ArrangementsRequest request, Command command) {
        return change(id, command, it -> it.amend(request.arrangements(), request.reason(), command.by()));
    }

    /// Confirms that it was held.
    @PostMapping("/{id}/confirmation")
    CommandResult hold(@PathVariable String id, Command command) {
        return change(id, command, it -> it.hold(command.by()));
    }

    /// Reverses the confirmation; by another person than who confirmed.
    @PostMapping("/{id}/confirmation-reversal")
    CommandResult reverseHeld(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return change(id, command, it -> it.reverseHeld(request.reason(), command.by()));
    }

    @PostMapping("/{id}/cancellation")
    CommandResult cancel(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return change(id, command, it -> it.cancel(request.reason(), command.by()));
    }

    @PostMapping("/{id}/redactions")
    CommandResult redact(@PathVariable String id, @RequestBody RedactionRequest request, Command command) {
        return change(id, command, it -> it.redact(request.text(), request.reason(), command.by()));
    }

    private CommandResult change(String id, Command command, Consumer<Gathering> change) {
        return aggregates.change(Gathering.class, id, command, change);
    }

    /// Lists gatherings, by first day.
    ///
    /// @param city id of the host city
    /// @param delegation id of a city that sends a delegation; who is no member of the network finds none with it
    /// @param from only those that end on this day or later
    /// @param until only those that begin on this day or earlier
    @GetMapping
    Page<Row> list(
            @RequestParam(required = false) @Nullable String city,
            @RequestParam(required = false) @Nullable String delegation,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            Page.Wanted wanted,
            Actor by) {
        var violations = new Violations();
        violations.addAll(wanted.wrong());
        var filter = new Gatherings.Filter(
                city,
                delegation,
                violations.constant("state", state, Gathering.State.class),
                violations.day("from", from),
                violations.day("until", until));
        violations.orThrow();
        boolean hidden = filter.delegation() != null && !Members.include(by);
        List<Gathering> found = hidden ? List.of() : gatherings.find(filter, wanted.after(), wanted.fetch());
        Map<String, Participant> hosts =
                cities.participants(found.stream().map(Gathering::city).collect(Collectors.toSet()));
        return Page.of(wanted, found, Gathering::order, it -> Row.of(it, hosts.get(it.city())));
    }

    @GetMapping("/{id}")
    GatheringView read(@PathVariable String id, Actor by) {
        Gathering gathering = gatherings.find(id).orElseThrow(RequestRejected.NotFound::new);
        Set<String> named = new HashSet<>(gathering.attendance().delegations().keySet());
        named.add(gathering.city());
        return GatheringView.of(gathering, cities.participants(named), by);
    }
}
