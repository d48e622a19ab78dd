package koinon.cities.city;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import koinon.cities.Role;
import koinon.cities.city.CityEvent.CityName;
import koinon.cities.country.Countries;
import koinon.cities.country.Region;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.document.Aggregates;
import koinon.http.constraint.MultiLine;
import koinon.http.constraint.OneOf;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Facts of a city over HTTP: the secretariat corrects its place; the city and the secretariat say its names and zone.
@RestController
@RequestMapping("/api/v1/cities/{id}")
final class CityFactsController {

    private final Countries countries;
    private final Aggregates aggregates;

    CityFactsController(Countries countries, Aggregates aggregates) {
        this.countries = countries;
        this.aggregates = aggregates;
    }

    /// Where the city lies; it replaces what was known before.
    ///
    /// @param region required only for a country that UNESCO assigns to no region
    /// @param latitude decimal degrees north; absent when unknown
    /// @param longitude decimal degrees east; absent when unknown
    /// @param reason why it is corrected
    record CorrectionRequest(
            @Nullable @OneOf(Region.Titles.class) String region,

            @Nullable @DecimalMin("-90") @DecimalMax("90") BigDecimal latitude,
            @Nullable @DecimalMin("-180") @DecimalMax("180") BigDecimal longitude,
            @MultiLine @NotBlank @Size(max = 2000) String reason) {}

    /// @param language BCP 47 tag: `vi`, `zh-Hant`, `pt-BR`
    record CityNameRequest(
            @NotBlank @Size(max = Registration.LONGEST_NAME) String text,
            @NotBlank @Size(max = 35) String language) {

        CityName name() {
            return new CityName(text, language);
        }
    }

    /// The names of a city beside the registered one; they replace the previous ones.
    ///
    /// @param ownName as the city writes it in its own language; absent when unknown
    /// @param otherNames by which it is known too
    record NamesRequest(
            @Nullable @Valid CityNameRequest ownName,

            @Nullable @Size(max = City.MOST_NAMES) List<@NotNull @Valid CityNameRequest> otherNames) {}

    /// @param zone IANA time zone id: `Asia/Ho_Chi_Minh`
    record ZoneRequest(@NotBlank @Size(max = 50) String zone) {}

    /// Corrects where the city lies. Its id, with name, country and qualifier, never changes.
    @PostMapping("/correction")
    CommandResult correct(@PathVariable String id, @RequestBody CorrectionRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> {
            command.by().as(Role.SECRETARIAT.ofNetwork());
            City.Facts facts = new Registration(
                            it.name(),
                            it.country(),
                            request.region(),
                            it.qualifier(),
                            request.latitude(),
                            request.longitude())
                    .facts(countries);
            it.correct(facts, request.reason(), command.by());
        });
    }

    /// Replaces the names beside the registered one.
    @PutMapping("/names")
    CommandResult name(@PathVariable String id, @RequestBody NamesRequest request, Command command) {
        @Nullable CityNameRequest own = request.ownName();
        List<CityName> others = request.otherNames() == null
                ? List.of()
                : request.otherNames().stream().map(CityNameRequest::name).toList();
        return aggregates.change(
                City.class, id, command, it -> it.name(own == null ? null : own.name(), others, command.by()));
    }

    @PutMapping("/zone")
    CommandResult setZone(@PathVariable String id, @RequestBody ZoneRequest request, Command command) {
        return aggregates.change(City.class, id, command, it -> it.setZone(request.zone(), command.by()));
    }
}
