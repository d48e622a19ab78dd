package koinon.funding.fund;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import koinon.funding.funder.Funders;
import koinon.funding.funder.Sight;
import koinon.platform.constraint.Currencies;
import koinon.platform.constraint.OneOf;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Aggregates.Target;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.platform.web.Page;
import koinon.platform.web.VersionedView;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The funds: their officers keep them, the funder's people, the secretariat and auditors read them.
@RestController
@RequestMapping("/api/v1/funds")
class FundController {

    private final Aggregates aggregates;
    private final Funds funds;
    private final Funders funders;

    FundController(Aggregates aggregates, Funds funds, Funders funders) {
        this.aggregates = aggregates;
        this.funds = funds;
        this.funders = funders;
    }

    /// @param funder id of the funder whose fund it is
    /// @param currency ISO 4217, of everything in the fund
    /// @param ownCity the city whose own money this is; absent: nobody's
    record Opening(
            @NotNull String funder,
            @NotBlank @Size(max = 200) String name,

            @NotNull @OneOf(value = Currencies.class, message = Currencies.NONE)
            String currency,

            @Nullable @Pattern(regexp = "[a-z0-9-]{1,100}", message = "The id of a city is expected.")
            String ownCity) {}

    /// @param amount by how much the envelope changes, more than zero
    record Change(
            @NotNull @Positive(message = "The amount must be more than zero.")
            Money amount,

            @NotBlank @Size(max = 2000) String reason) {}

    /// @param amount all that is set aside for the call from now on
    record Amount(@NotNull Money amount) {}

    /// @param held for agreements and not released, whatever was paid of it since
    /// @param free what another agreement of the call could still have
    record SetAside(String call, long version, Money amount, Money held, Money free) implements VersionedView {
        static SetAside of(Fund fund, String call) {
            return new SetAside(
                    call,
                    fund.etag(Fund.setAsidePart(call)),
                    fund.setAsideFor(call),
                    fund.heldFor(call),
                    fund.freeFor(call));
        }
    }

    /// @param setAside all that is set aside for calls
    /// @param held for agreements and not released, whatever was paid of it since
    record View(
            String id,
            long version,
            String funder,
            String name,
            String currency,
            @Nullable String ownCity,
            Money envelope,
            Money setAside,
            Money held,
            List<SetAside> setAsides)
            implements VersionedView {

        static View of(Fund it) {
            return new View(
                    it.id(),
                    it.sequence(),
                    it.funder(),
                    it.name(),
                    it.currency(),
                    it.ownCity(),
                    it.envelope(),
                    it.setAside(),
                    it.held(),
                    it.setAsides().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(one -> SetAside.of(it, one.getKey()))
                            .toList());
        }
    }

    @PostMapping
    Answer open(Command command, @RequestBody Opening body) {
        return aggregates.create(Fund.class, command, id -> {
            if (!funders.contain(body.funder())) throw new Invalid("/funder", "There is no such funder.");
            return Fund.open(id, body.funder(), body.name(), body.currency(), body.ownCity(), command.by());
        });
    }

    @PostMapping("/{id}/envelope-increase")
    Answer raiseEnvelope(Command command, @PathVariable String id, @RequestBody Change body) {
        return aggregates.change(
                target(command, id), command, it -> it.raiseEnvelope(body.amount(), body.reason(), command.by()));
    }

    @PostMapping("/{id}/envelope-decrease")
    Answer lowerEnvelope(Command command, @PathVariable String id, @RequestBody Change body) {
        return aggregates.change(
                target(command, id), command, it -> it.lowerEnvelope(body.amount(), body.reason(), command.by()));
    }

    /// Its ETag is that of the set-aside alone, so that changes for other calls never get in the way.
    @PutMapping("/{id}/set-asides/{call}")
    Answer setAside(Command command, @PathVariable String id, @PathVariable String call, @RequestBody Amount body) {
        return aggregates.change(
                target(command, id).part(Fund.setAsidePart(call)),
                command,
                it -> it.setAside(call, body.amount(), command.by()));
    }

    /// What is set aside for a call; zero, with an ETag to start from, when nothing is.
    @GetMapping("/{id}/set-asides/{call}")
    SetAside readSetAside(By by, @PathVariable String id, @PathVariable String call) {
        return SetAside.of(find(by, id), call);
    }

    /// @param funder only this funder's
    @GetMapping
    Page<View> list(By by, @RequestParam(required = false) @Nullable String funder, Page.Wanted wanted) {
        return Page.of(wanted, funds.list(funder, Sight.of(by), wanted), Fund::id, View::of);
    }

    @GetMapping("/{id}")
    View read(By by, @PathVariable String id) {
        return View.of(find(by, id));
    }

    private static Target<Fund> target(Command command, String id) {
        return Target.of(Fund.class, id, it -> Funds.isVisible(it, Sight.of(command.by())));
    }

    private Fund find(By by, String id) {
        return funds.find(id, Sight.of(by)).orElseThrow(Refused.NotFound::new);
    }
}
