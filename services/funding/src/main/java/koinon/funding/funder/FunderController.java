package koinon.funding.funder;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.Invalid;
import koinon.platform.web.Page;
import koinon.platform.web.VersionedView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The organisations that fund: the secretariat registers them, everyone in the network may read them.
@RestController
@RequestMapping("/api/v1/funders")
class FunderController {

    private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    private final Aggregates aggregates;
    private final Funders funders;

    FunderController(Aggregates aggregates, Funders funders) {
        this.aggregates = aggregates;
        this.funders = funders;
    }

    /// @param country ISO 3166-1 alpha-2
    /// @param identifier as the International Aid Transparency Initiative writes it, such as XM-DAC-41304
    record Registration(
            @NotBlank @Size(max = 200) String name,
            @NotNull String country,
            @NotBlank @Size(max = 100) String identifier) {}

    record View(String id, long version, String name, String country, String identifier) implements VersionedView {
        static View of(Funder it) {
            return new View(it.id(), it.sequence(), it.name(), it.country(), it.identifier());
        }
    }

    @PostMapping
    Answer register(Command command, @RequestBody Registration body) {
        if (!COUNTRIES.contains(body.country()))
            throw new Invalid(List.of(
                    new Invalid.Violation("/country", "A country of ISO 3166-1 with two letters is expected.")));
        return aggregates.create(
                command, () -> Funder.register(body.name(), body.country(), body.identifier(), command.by()));
    }

    @GetMapping
    Page<View> list(Page.Wanted wanted) {
        return Page.of(wanted, funders.list(wanted), Funder::id, View::of);
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id) {
        return View.of(funders.find(id).orElseThrow(Refused.NotFound::new));
    }
}
