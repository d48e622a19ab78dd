package koinon.funding.fund;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.funding.funder.Funders;
import koinon.funding.funder.FundingVisibility;
import koinon.http.constraint.Currencies;
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

/// Funds over HTTP. Their officers change them; the funder's people, the secretariat and auditors read them.
@RestController
@RequestMapping("/api/v1/funds")
class FundsController {

    private final Aggregates aggregates;
    private final Funds funds;
    private final Funders funders;

    FundsController(Aggregates aggregates, Funds funds, Funders funders) {
        this.aggregates = aggregates;
        this.funds = funds;
        this.funders = funders;
    }

    /// @param funder id of the funder
    /// @param currency ISO 4217, the only currency of the fund
    /// @param ownCity the city that owns the money; absent when no city does
    record OpenFundRequest(
            @NotNull String funder,
            @NotBlank @Size(max = 200) String name,

            @NotNull @OneOf(value = Currencies.class, message = Currencies.NONE)
            String currency,

            @Nullable @Pattern(regexp = "[a-z0-9-]{1,100}", message = "The id of a city is expected.")
            String ownCity) {}

    /// @param amount change of the envelope, more than zero
    record EnvelopeChangeRequest(
            @NotNull @Positive(message = "The amount must be more than zero.")
            Money amount,

            @MultiLine @NotBlank @Size(max = 2000) String reason) {}

    /// @param amount new total set aside for the call
    record SetAsideRequest(@NotNull Money amount) {}

    /// @param held for agreements and not released, including what was paid since
    /// @param free set aside and not held for an agreement
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

    /// @param setAside total of all set-asides
    /// @param held for agreements and not released, including what was paid since
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
                    it.version(),
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
    CommandResult open(Command command, @RequestBody OpenFundRequest body) {
        return aggregates.create(Fund.class, command, id -> {
            if (!funders.contain(body.funder()))
                throw new ValidationFailed("/funder", "fund.no-funder", "There is no such funder.");
            return Fund.open(id, body.funder(), body.name(), body.currency(), body.ownCity(), command.by());
        });
    }

    @PostMapping("/{id}/envelope-increase")
    CommandResult raiseEnvelope(Command command, @PathVariable String id, @RequestBody EnvelopeChangeRequest body) {
        return aggregates.change(
                target(command, id), command, it -> it.raiseEnvelope(body.amount(), body.reason(), command.by()));
    }

    @PostMapping("/{id}/envelope-decrease")
    CommandResult lowerEnvelope(Command command, @PathVariable String id, @RequestBody EnvelopeChangeRequest body) {
        return aggregates.change(
                target(command, id), command, it -> it.lowerEnvelope(body.amount(), body.reason(), command.by()));
    }

    /// The ETag covers this set-aside alone, so that changes for other calls do not conflict.
    @PutMapping("/{id}/set-asides/{call}")
    CommandResult setAside(
            Command command, @PathVariable String id, @PathVariable String call, @RequestBody SetAsideRequest body) {
        return aggregates.change(
                target(command, id).part(Fund.setAsidePart(call)),
                command,
                it -> it.setAside(call, body.amount(), command.by()));
    }

    /// The set-aside of a call; zero, with an ETag for the first change, when there is none.
    @GetMapping("/{id}/set-asides/{call}")
    SetAside readSetAside(Actor by, @PathVariable String id, @PathVariable String call) {
        return SetAside.of(find(by, id), call);
    }

    /// @param funder only funds of this funder
    @GetMapping
    Page<View> list(Actor by, @RequestParam(required = false) @Nullable String funder, Page.Wanted wanted) {
        return Page.of(wanted, funds.list(funder, FundingVisibility.of(by), wanted), Fund::id, View::of);
    }

    @GetMapping("/{id}")
    View read(Actor by, @PathVariable String id) {
        return View.of(find(by, id));
    }

    private static Target<Fund> target(Command command, String id) {
        return Target.of(Fund.class, id, it -> Funds.isVisible(it, FundingVisibility.of(command.by())));
    }

    private Fund find(Actor by, String id) {
        return funds.find(id, FundingVisibility.of(by)).orElseThrow(RequestRejected.NotFound::new);
    }
}
