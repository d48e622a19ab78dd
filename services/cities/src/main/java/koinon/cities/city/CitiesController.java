package koinon.cities.city;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import koinon.cities.GroupMembers;
import koinon.cities.ReasonRequest;
import koinon.cities.Role;
import koinon.cities.city.CityEvent.CityName;
import koinon.cities.country.Countries;
import koinon.cities.country.Region;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Texts;
import koinon.http.constraint.OneOf;
import koinon.http.page.Page;
import koinon.http.web.VersionedView;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Cities over HTTP: everyone reads them, the secretariat changes them.
@RestController
@RequestMapping("/api/v1/cities")
final class CitiesController {

    private final Cities cities;
    private final Countries countries;
    private final GroupMembers.Lookup groups;
    private final Aggregates aggregates;

    CitiesController(Cities cities, Countries countries, GroupMembers.Lookup groups, Aggregates aggregates) {
        this.cities = cities;
        this.countries = countries;
        this.groups = groups;
        this.aggregates = aggregates;
    }

    /// @param country ISO 3166-1 alpha-2 code
    /// @param region required only for a country that UNESCO assigns to no region
    /// @param qualifier which of several places of that name in that country, such as Maine; part of the id
    /// @param cooperating whether the city stays outside the network; absent means false
    record RegisterRequest(
            @NotBlank @Size(max = Registration.LONGEST_NAME) String name,

            @NotNull @OneOf(value = Countries.Codes.class, message = Registration.NO_COUNTRY)
            String country,

            @Nullable @OneOf(Region.Titles.class) String region,

            @Nullable @Size(max = Registration.LONGEST_QUALIFIER)
            String qualifier,

            @Nullable @DecimalMin("-90") @DecimalMax("90") BigDecimal latitude,
            @Nullable @DecimalMin("-180") @DecimalMax("180") BigDecimal longitude,
            @Nullable Boolean cooperating) {}

    /// @param year absent when unknown
    record DesignationRequest(
            @NotNull @OneOf(CreativeField.Titles.class) String field,

            @Nullable @Min(City.FIRST_YEAR) Integer year) {}

    record FieldChangeRequest(
            @NotNull @OneOf(CreativeField.Titles.class) String field) {}

    /// The public view of a city.
    ///
    /// @param country ISO 3166-1 alpha-2 code
    /// @param qualifier which of several places of that name in that country; absent where there is one
    /// @param latitude decimal degrees north
    /// @param longitude decimal degrees east
    /// @param ownName as the city writes it in its own language; absent when unknown
    /// @param otherNames by which it is known too
    /// @param zone IANA time zone id; absent until it is set
    /// @param field its creative field; absent until it is designated
    /// @param year year of the designation; absent when unknown
    /// @param reason why its state is what it is; absent where nobody gave a reason
    record View(
            String id,
            long version,
            String name,
            String country,
            String countryName,
            String region,
            @Nullable String qualifier,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude,
            @Nullable CityName ownName,
            List<CityName> otherNames,
            @Nullable String zone,
            @Nullable String field,
            @Nullable Integer year,
            City.State state,
            @Nullable String reason)
            implements VersionedView {}

    @PostMapping
    CommandResult register(@RequestBody RegisterRequest request, Command command) {
        try {
            return create(request, command);
        } catch (RuleViolation it) {
            if (!it.rule().equals("already-exists")) throw it;
            throw new RuleViolation(
                    "already-exists.city",
                    "There is a city with the id %s already. If this is another place of that name, say in qualifier which"
                            + " one it is, such as its province.",
                    "id",
                    it.sentence().values().get("id"));
        }
    }

    private CommandResult create(RegisterRequest request, Command command) {
        return aggregates.create(command, () -> {
            command.by().as(Role.SECRETARIAT.ofNetwork());
            City.Facts facts = new Registration(
                            request.name(),
                            request.country(),
                            request.region(),
                            request.qualifier(),
                            request.latitude(),
                            request.longitude())
                    .facts(countries);
            return City.register(facts, Boolean.TRUE.equals(request.cooperating()), command.by());
        });
    }

    @PostMapping("/{id}/designation")
    CommandResult designate(@PathVariable String id, @RequestBody DesignationRequest request, Command command) {
        return aggregates.change(
                City.class, id, command, it -> it.designate(field(request.field()), request.year(), command.by()));
    }

    @PostMapping("/{id}/designation-reversal")
    CommandResult reverseDesignation(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.reverseDesignation(request.reason(), command.by()));
    }

    @PostMapping("/{id}/field-change")
    CommandResult changeField(@PathVariable String id, @RequestBody FieldChangeRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.changeField(field(request.field()), command.by()));
    }

    @PostMapping("/{id}/invitation-to-leave")
    CommandResult inviteToLeave(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.inviteToLeave(request.reason(), command.by()));
    }

    @PostMapping("/{id}/invitation-to-leave-withdrawal")
    CommandResult withdrawInvitation(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.withdrawInvitation(request.reason(), command.by()));
    }

    @PostMapping("/{id}/departure")
    CommandResult leave(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.leave(request.reason(), command.by()));
    }

    @PostMapping("/{id}/candidacy")
    CommandResult becomeCandidate(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.becomeCandidate(request.reason(), command.by()));
    }

    @PostMapping("/{id}/cooperation")
    CommandResult becomeCooperating(@PathVariable String id, @RequestBody ReasonRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.becomeCooperating(request.reason(), command.by()));
    }

    /// Lists cities, ordered by id.
    ///
    /// @param name part of one of its names; case and accents are ignored
    /// @param group id of a group: the cities that it names, and those of its countries
    @GetMapping
    Page<View> list(
            @RequestParam @Nullable String country,
            @RequestParam @Nullable String region,
            @RequestParam @Nullable String field,
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String name,
            @RequestParam @Nullable String group,
            Page.Wanted wanted) {
        List<ValidationFailed.Violation> wrong = new ArrayList<>(wanted.wrong());
        var filter = new Cities.Filter(
                read(country, this::known, wrong),
                read(region, CitiesController::region, wrong),
                read(field, it -> field("field", it), wrong),
                read(state, CitiesController::state, wrong),
                read(name, CitiesController::part, wrong),
                read(group, this::members, wrong));
        if (!wrong.isEmpty()) throw new ValidationFailed(wrong);
        return Page.of(wanted, cities.find(filter, wanted.after(), wanted.fetch()), City::id, this::view);
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id) {
        return view(cities.find(id).orElseThrow(RequestRejected.NotFound::new));
    }

    private View view(City city) {
        @Nullable CreativeField field = city.field();
        return new View(
                city.id(),
                city.version(),
                city.name(),
                city.country(),
                countries.find(city.country()).map(Countries.Country::name).orElse(city.country()),
                city.region().title(),
                city.qualifier(),
                city.latitude(),
                city.longitude(),
                city.ownName(),
                city.otherNames(),
                city.zone(),
                field == null ? null : field.title(),
                city.year(),
                city.state(),
                city.reason());
    }

    private static <T> @Nullable T read(
            @Nullable String text, Function<String, T> reader, List<ValidationFailed.Violation> wrong) {
        try {
            return text == null ? null : reader.apply(text);
        } catch (ValidationFailed e) {
            wrong.addAll(e.violations());
            return null;
        }
    }

    private static CreativeField field(String title) {
        return field("/field", title);
    }

    private static CreativeField field(String pointer, String title) {
        return CreativeField.named(title)
                .orElseThrow(() -> new ValidationFailed(
                        pointer, "validation.one-of", "One of %s is expected.", "allowed", CreativeField.choice()));
    }

    private static Region region(String title) {
        return Region.named(title)
                .orElseThrow(() -> new ValidationFailed(
                        "region", "validation.one-of", "One of %s is expected.", "allowed", Region.choice()));
    }

    private static City.State state(String name) {
        return Arrays.stream(City.State.values())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ValidationFailed(
                        "state",
                        "validation.one-of",
                        "One of %s is expected.",
                        "allowed",
                        Arrays.toString(City.State.values())));
    }

    private String known(String country) {
        return countries
                .find(country)
                .map(Countries.Country::code)
                .orElseThrow(() -> new ValidationFailed(
                        "country", "validation.country", "A country's code of ISO 3166-1, such as VN, is expected."));
    }

    private GroupMembers members(String group) {
        return groups.members(group)
                .orElseThrow(
                        () -> new ValidationFailed("group", "group.unknown", "There is no group %s.", "group", group));
    }

    private static String part(String name) {
        if (Texts.showsNothing(name) || Texts.length(name) > Registration.LONGEST_NAME)
            throw new ValidationFailed(
                    "name",
                    "validation.name-part",
                    "A part of a name has 1 to %s characters.",
                    "max",
                    Registration.LONGEST_NAME);
        return Texts.normal(name);
    }
}
