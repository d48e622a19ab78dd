package koinon.cities.city;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import koinon.platform.constraint.OneOf;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.Invalid;
import koinon.platform.web.Page;
import koinon.platform.web.VersionedView;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Cities over HTTP: anyone reads them, the secretariat changes them.
@RestController
@RequestMapping("/api/v1/cities")
final class CityController {

    private final Cities cities;
    private final Countries countries;
    private final Aggregates aggregates;

    CityController(Cities cities, Countries countries, Aggregates aggregates) {
        this.cities = cities;
        this.countries = countries;
        this.aggregates = aggregates;
    }

    /// @param country ISO 3166-1 alpha-2 code
    /// @param region needed only where UNESCO puts the country in none
    /// @param cooperating whether it stays outside the network; absent: no
    record Registering(
            @NotNull
            @Size(max = Registration.LONGEST_NAME)
            @Pattern(regexp = Registration.NAME, message = Registration.NO_NAME)
            String name,

            @NotNull @OneOf(value = Countries.Codes.class, message = Registration.NO_COUNTRY)
            String country,

            @Nullable @OneOf(Region.Titles.class) String region,

            @Nullable @DecimalMin("-90") @DecimalMax("90") BigDecimal latitude,
            @Nullable @DecimalMin("-180") @DecimalMax("180") BigDecimal longitude,
            @Nullable Boolean cooperating) {}

    /// @param year absent when unknown
    record Designating(
            @NotNull @OneOf(CreativeField.Titles.class) String field,

            @Nullable @Min(City.FIRST_YEAR) Integer year) {}

    record ChangingField(
            @NotNull @OneOf(CreativeField.Titles.class) String field) {}

    record Reason(@NotBlank @Size(max = 2000) String reason) {}

    /// A city as anyone may see it.
    ///
    /// @param country ISO 3166-1 alpha-2 code
    /// @param latitude decimal degrees north
    /// @param longitude decimal degrees east
    /// @param field its creative field, once it is designated
    /// @param year of its designation, where known
    /// @param reason why it was invited to leave, or left
    record View(
            String id,
            long version,
            String name,
            String country,
            String countryName,
            String region,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude,
            @Nullable String field,
            @Nullable Integer year,
            City.State state,
            @Nullable String reason)
            implements VersionedView {}

    @PostMapping
    Answer register(@RequestBody Registering request, Command command) {
        return aggregates.create(command, () -> {
            command.by().as("secretariat@network");
            City.Facts facts = new Registration(
                            request.name(),
                            request.country(),
                            request.region(),
                            request.latitude(),
                            request.longitude())
                    .facts(countries);
            return City.register(facts, Boolean.TRUE.equals(request.cooperating()), command.by());
        });
    }

    @PostMapping("/{id}/designation")
    Answer designate(@PathVariable String id, @RequestBody Designating request, Command command) {
        return aggregates.change(
                City.class, id, command, it -> it.designate(field(request.field()), request.year(), command.by()));
    }

    @PostMapping("/{id}/field-change")
    Answer changeField(@PathVariable String id, @RequestBody ChangingField request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.changeField(field(request.field()), command.by()));
    }

    @PostMapping("/{id}/invitation-to-leave")
    Answer inviteToLeave(@PathVariable String id, @RequestBody Reason request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.inviteToLeave(request.reason(), command.by()));
    }

    @PostMapping("/{id}/departure")
    Answer leave(@PathVariable String id, @RequestBody Reason request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.leave(request.reason(), command.by()));
    }

    /// Cities in the order of their ids.
    ///
    /// @param name a part of the name, in whichever case and with or without accents
    @GetMapping
    Page<View> list(
            @RequestParam @Nullable String country,
            @RequestParam @Nullable String region,
            @RequestParam @Nullable String field,
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String name,
            Page.Wanted wanted) {
        List<Invalid.Violation> wrong = new ArrayList<>();
        var filter = new Cities.Filter(
                read(country, this::known, wrong),
                read(region, CityController::region, wrong),
                read(field, it -> field("field", it), wrong),
                read(state, CityController::state, wrong),
                read(name, CityController::part, wrong));
        if (!wrong.isEmpty()) throw new Invalid(wrong);
        return Page.of(wanted, cities.find(filter, wanted.after(), wanted.fetch()), City::id, this::view);
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id) {
        return view(cities.find(id).orElseThrow(Refused.NotFound::new));
    }

    private View view(City city) {
        @Nullable CreativeField field = city.field();
        return new View(
                city.id(),
                city.sequence(),
                city.name(),
                city.country(),
                countries.find(city.country()).map(Countries.Country::name).orElse(city.country()),
                city.region().title(),
                city.latitude(),
                city.longitude(),
                field == null ? null : field.title(),
                city.year(),
                city.state(),
                city.reason());
    }

    private static <T> @Nullable T read(
            @Nullable String text, Function<String, T> reader, List<Invalid.Violation> wrong) {
        try {
            return text == null ? null : reader.apply(text);
        } catch (Invalid e) {
            wrong.addAll(e.violations());
            return null;
        }
    }

    private static CreativeField field(String title) {
        return field("/field", title);
    }

    private static CreativeField field(String pointer, String title) {
        return CreativeField.named(title)
                .orElseThrow(() -> new Invalid(pointer, "One of " + CreativeField.choice() + " is expected."));
    }

    private static Region region(String title) {
        return Region.named(title)
                .orElseThrow(() -> new Invalid("region", "One of " + Region.choice() + " is expected."));
    }

    private static City.State state(String name) {
        return Arrays.stream(City.State.values())
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new Invalid("state", "One of " + Arrays.toString(City.State.values()) + " is expected."));
    }

    private String known(String country) {
        return countries
                .find(country)
                .map(Countries.Country::code)
                .orElseThrow(() -> new Invalid("country", "A country's code of ISO 3166-1, such as VN, is expected."));
    }

    private static String part(String name) {
        if (name.isBlank() || name.codePointCount(0, name.length()) > Registration.LONGEST_NAME)
            throw new Invalid("name", "A part of a name has 1 to " + Registration.LONGEST_NAME + " characters.");
        return name.strip();
    }
}
