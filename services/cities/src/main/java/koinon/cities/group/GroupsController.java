package koinon.cities.group;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.cities.Participant;
import koinon.cities.ReasonRequest;
import koinon.cities.RedactionRequest;
import koinon.cities.Violations;
import koinon.cities.city.Cities;
import koinon.cities.country.Countries;
import koinon.cities.fact.LocalName;
import koinon.cities.fact.NameRequest;
import koinon.cities.fact.Source;
import koinon.cities.fact.SourceRequest;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.http.constraint.MultiLine;
import koinon.http.constraint.OneOf;
import koinon.http.page.Page;
import koinon.http.web.VersionedView;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Groups over HTTP: everyone reads them, the secretariat changes them.
@RestController
@RequestMapping("/api/v1/groups")
final class GroupsController {

    private static final String NO_COUNTRY = "A country's code of ISO 3166-1, such as VN, is expected.";

    private final Groups groups;
    private final Cities cities;
    private final Countries countries;
    private final Aggregates aggregates;

    GroupsController(Groups groups, Cities cities, Countries countries, Aggregates aggregates) {
        this.groups = groups;
        this.cities = cities;
        this.countries = countries;
        this.aggregates = aggregates;
    }

    /// A new group. It has at least one country or one city.
    ///
    /// @param name its id is made of it
    /// @param otherNames by which it is known too
    /// @param countries ISO 3166-1 alpha-2 codes; each of their cities is in the group
    /// @param cities ids of cities that are in it, whatever their country
    /// @param coordinator id of the city that coordinates it; absent when there is none
    /// @param source who says that these are its members
    record GroupRequest(
            @NotBlank @Size(max = Group.LONGEST_NAME) String name,

            @Nullable @Size(max = Definition.MOST_NAMES) List<@NotNull @Valid NameRequest> otherNames,

            @Nullable @Size(max = Definition.MOST_COUNTRIES)
            List<@NotNull @OneOf(value = Countries.Codes.class, message = NO_COUNTRY) String> countries,

            @Nullable @Size(max = Definition.MOST_CITIES) List<@NotBlank @Size(max = 100) String> cities,

            @Nullable @Size(max = 100) String coordinator,
            @NotNull @Valid SourceRequest source) {

        Definition definition() {
            return GroupsController.definition(otherNames, countries, cities, coordinator, source);
        }
    }

    /// The members of a group, its other names, coordinator and source; they replace the previous ones.
    ///
    /// @param otherNames by which it is known too
    /// @param countries ISO 3166-1 alpha-2 codes; each of their cities is in the group
    /// @param cities ids of cities that are in it, whatever their country
    /// @param coordinator id of the city that coordinates it; absent when there is none
    /// @param source who says that these are its members
    /// @param reason why they change
    record GroupChangeRequest(
            @Nullable @Size(max = Definition.MOST_NAMES) List<@NotNull @Valid NameRequest> otherNames,

            @Nullable @Size(max = Definition.MOST_COUNTRIES)
            List<@NotNull @OneOf(value = Countries.Codes.class, message = NO_COUNTRY) String> countries,

            @Nullable @Size(max = Definition.MOST_CITIES) List<@NotBlank @Size(max = 100) String> cities,

            @Nullable @Size(max = 100) String coordinator,
            @NotNull @Valid SourceRequest source,
            @MultiLine @NotBlank @Size(max = 2000) String reason) {

        Definition definition() {
            return GroupsController.definition(otherNames, countries, cities, coordinator, source);
        }
    }

    /// A country or a city of a group.
    ///
    /// @param id the country's code of ISO 3166-1, or the city's id
    record MemberView(String id, String name) {}

    /// A group as everybody sees it.
    ///
    /// @param otherNames by which it is known too
    /// @param countries each of their cities is in the group
    /// @param cities that are in it, whatever their country
    /// @param coordinator the city that coordinates it; absent when there is none
    /// @param source who says that these are its members
    /// @param reason the latest reason why it was changed, retired or reopened
    record GroupView(
            String id,
            long version,
            String name,
            Group.State state,
            List<LocalName> otherNames,
            List<MemberView> countries,
            List<MemberView> cities,
            @Nullable MemberView coordinator,
            Source source,
            @Nullable String reason)
            implements VersionedView {}

    @PostMapping
    CommandResult register(@RequestBody GroupRequest request, Command command) {
        Definition definition = request.definition();
        return aggregates.create(
                command, () -> Group.register(request.name(), definition, known(definition), command.by()));
    }

    /// Replaces the members, the other names, the coordinator and the source.
    @PutMapping("/{id}/definition")
    CommandResult change(@PathVariable String id, @RequestBody GroupChangeRequest request, Command command) {
        Definition definition = request.definition();
        return change(id, command, it -> it.change(definition, known(definition), request.reason(), command.by()));
    }

    @PostMapping("/{id}/retirement")
    CommandResult retire(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return change(id, command, it -> it.retire(request.reason(), command.by()));
    }

    @PostMapping("/{id}/reopening")
    CommandResult reopen(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return change(id, command, it -> it.reopen(request.reason(), command.by()));
    }

    @PostMapping("/{id}/redactions")
    CommandResult redact(@PathVariable String id, @RequestBody RedactionRequest request, Command command) {
        return change(id, command, it -> it.redact(request.text(), request.reason(), command.by()));
    }

    private CommandResult change(String id, Command command, Consumer<Group> change) {
        return aggregates.change(Group.class, id, command, change);
    }

    /// Lists groups, ordered by id.
    @GetMapping
    Page<GroupView> list(@RequestParam(required = false) @Nullable String state, Page.Wanted wanted) {
        var violations = new Violations();
        violations.addAll(wanted.wrong());
        Group.@Nullable State in = violations.constant("state", state, Group.State.class);
        violations.orThrow();
        List<Group> found = groups.page(in, wanted);
        Map<String, Participant> named = cities.participants(
                found.stream().flatMap(it -> cities(it.definition())).collect(Collectors.toSet()));
        return Page.of(wanted, found, Group::id, it -> view(it, named));
    }

    @GetMapping("/{id}")
    GroupView read(@PathVariable String id) {
        Group group = groups.find(id).orElseThrow(RequestRejected.NotFound::new);
        return view(group, cities.participants(cities(group.definition()).collect(Collectors.toSet())));
    }

    private GroupView view(Group group, Map<String, Participant> named) {
        Definition definition = group.definition();
        @Nullable String coordinator = definition.coordinator();
        return new GroupView(
                group.id(),
                group.version(),
                group.name(),
                group.state(),
                definition.otherNames(),
                definition.countries().stream().map(this::country).toList(),
                definition.cities().stream().map(it -> city(it, named)).toList(),
                coordinator == null ? null : city(coordinator, named),
                definition.source(),
                group.reason());
    }

    private MemberView country(String code) {
        return new MemberView(
                code, countries.find(code).map(Countries.Country::name).orElse(code));
    }

    private static MemberView city(String id, Map<String, Participant> named) {
        @Nullable Participant city = named.get(id);
        return new MemberView(id, city == null ? id : city.name());
    }

    private Definition.Known known(Definition definition) {
        Set<String> codes = definition.countries().stream()
                .filter(it -> countries
                        .find(it)
                        .map(Countries.Country::code)
                        .filter(it::equals)
                        .isPresent())
                .collect(Collectors.toSet());
        return new Definition.Known(
                codes,
                cities.participants(cities(definition).collect(Collectors.toSet()))
                        .keySet());
    }

    private static Stream<String> cities(Definition it) {
        return Stream.concat(it.cities().stream(), Stream.ofNullable(it.coordinator()));
    }

    private static Definition definition(
            @Nullable List<NameRequest> otherNames,
            @Nullable List<String> countries,
            @Nullable List<String> cities,
            @Nullable String coordinator,
            SourceRequest source) {
        return new Definition(
                absentAsEmpty(otherNames).stream().map(NameRequest::name).toList(),
                absentAsEmpty(countries),
                absentAsEmpty(cities),
                Violations.known(coordinator),
                source.source());
    }

    private static <T> List<T> absentAsEmpty(@Nullable List<T> some) {
        return some == null ? List.of() : some;
    }
}
