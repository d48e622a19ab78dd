package koinon.funding.funder;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.http.constraint.OneOf;
import koinon.http.page.Page;
import koinon.http.web.VersionedView;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Funders over HTTP. The secretariat registers them; everyone in the network reads them.
@RestController
@RequestMapping("/api/v1/funders")
class FundersController {

    private final Aggregates aggregates;
    private final Funders funders;

    FundersController(Aggregates aggregates, Funders funders) {
        this.aggregates = aggregates;
        this.funders = funders;
    }

    /// The countries of ISO 3166-1.
    static final class Countries implements Supplier<List<String>> {

        @Override
        public List<String> get() {
            return Stream.of(Locale.getISOCountries()).sorted().toList();
        }
    }

    /// @param country ISO 3166-1 alpha-2
    /// @param identifier organisation identifier in IATI notation, such as XM-DAC-41304
    record Registration(
            @NotBlank @Size(max = 200) String name,

            @NotNull @OneOf(value = Countries.class, message = "A country of ISO 3166-1 with two letters is expected.")
            String country,

            @NotNull @Size(max = 100) @Pattern(regexp = Funder.IDENTIFIER, message = Funder.NO_IDENTIFIER)
            String identifier) {}

    record View(String id, long version, String name, String country, String identifier) implements VersionedView {
        static View of(Funder it) {
            return new View(it.id(), it.version(), it.name(), it.country(), it.identifier());
        }
    }

    @PostMapping
    CommandResult register(Command command, @RequestBody Registration body) {
        return aggregates.create(
                command, () -> Funder.register(body.name(), body.country(), body.identifier(), command.by()));
    }

    @GetMapping
    Page<View> list(Page.Wanted wanted) {
        return Page.of(wanted, funders.list(wanted), Funder::id, View::of);
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id) {
        return View.of(funders.find(id).orElseThrow(RequestRejected.NotFound::new));
    }
}
