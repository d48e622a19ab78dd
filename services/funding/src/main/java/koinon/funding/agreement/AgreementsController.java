package koinon.funding.agreement;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.eventing.value.Money;
import koinon.funding.agreement.payment.Booking;
import koinon.funding.agreement.payment.PaymentReference;
import koinon.funding.agreement.payment.Tranche;
import koinon.funding.city.KnownCities;
import koinon.funding.city.KnownCity;
import koinon.funding.funder.FundingVisibility;
import koinon.http.action.ActionView;
import koinon.http.action.ActionView.Circumstances;
import koinon.http.constraint.MultiLine;
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

/// Agreements and their tranches over HTTP. The funder and the beneficiary act; partner cities, the secretariat and
/// auditors also read.
@RestController
@RequestMapping("/api/v1/agreements")
class AgreementsController {

    private final Aggregates aggregates;
    private final Agreements agreements;
    private final KnownCities cities;

    AgreementsController(Aggregates aggregates, Agreements agreements, KnownCities cities) {
        this.aggregates = aggregates;
        this.agreements = agreements;
        this.cities = cities;
    }

    record ReasonRequest(
            @MultiLine @NotBlank @Size(max = 2000) String reason) {}

    /// @param reference reference of the payment order, unique in this agreement
    record DispatchRequest(
            @NotBlank @Pattern(regexp = PaymentReference.FORM)
            String reference) {}

    /// @param bankReference reference of the bank's booking, unique in this agreement
    /// @param bookedOn day of the bank's booking, not in the future
    /// @param amount amount that the beneficiary received
    /// @param fee bank charges; the amount and the fee add up to the ordered amount
    record PaymentRequest(
            @NotBlank @Pattern(regexp = PaymentReference.FORM)
            String bankReference,

            @NotNull LocalDate bookedOn,
            @NotNull @Positive Money amount,
            @Nullable @Positive Money fee) {

        Booking booking() {
            return new Booking(bankReference, bookedOn, amount, fee);
        }
    }

    /// @param funder absent until the fund has answered
    /// @param amount before the approval visible only to the network and the funder
    /// @param statusReason reason for the current state; absent when no reason was given
    /// @param committed paid and outstanding money together; absent before the agreement is in force
    /// @param outstanding the committed money that is not paid
    /// @param nextActions what can be done next, and whether this caller can do it
    record View(
            String id,
            long version,
            String project,
            String call,
            String fund,
            @Nullable String funder,
            String beneficiary,
            List<String> partners,
            int selection,
            State state,
            @Nullable Money amount,
            @Nullable Money committed,
            @Nullable Money outstanding,
            @Nullable Money paid,
            @Nullable String statusReason,
            List<TrancheView> tranches,
            List<ActionView> nextActions)
            implements VersionedView {

        static View of(Agreement it, Map<String, Set<String>> sharing, FundingVisibility visibility, Actor by) {
            boolean inForce = switch (it.state()) {
                case PLACEHOLDER, REQUESTED, RESERVED, REFUSED, RELEASED, OFFERED, DECLINED, SIGNED -> false;
                case IN_FORCE, SUSPENDED, TERMINATED, CLOSED -> true;
            };
            return new View(
                    it.id(),
                    it.version(),
                    it.project(),
                    it.call(),
                    it.fund(),
                    it.funder().isEmpty() ? null : it.funder(),
                    it.beneficiary(),
                    it.partners(),
                    it.selection(),
                    it.state(),
                    it.isApproved() || visibility.seesFunder(it.funder()) ? it.amount() : null,
                    inForce ? it.sums().committed() : null,
                    inForce ? it.sums().outstanding() : null,
                    inForce ? it.sums().paid() : null,
                    it.statusReason(),
                    it.schedule().tranches().stream()
                            .map(one -> TrancheView.of(it, one, sharing))
                            .toList(),
                    ActionView.of(it, by, Circumstances.NONE));
        }
    }

    /// @param state state of the tranche, or HELD while its agreement is suspended
    /// @param waitsFor `in-force`, `milestones` or `completion`
    /// @param payable fixed when the last condition was met
    /// @param conditions all conditions, each met or not
    /// @param unfounded why the payment lost its ground: a verification was withdrawn after it was sent
    /// @param sameReference other agreements of the funder with a payment of the same reference; absent when there
    /// are none
    record TrancheView(
            String id,
            long version,
            String state,
            String waitsFor,
            Money planned,
            @Nullable Money payable,
            List<ConditionView> conditions,
            @Nullable String reference,
            @Nullable String bankReference,
            @Nullable LocalDate bookedOn,
            @Nullable Money arrived,
            @Nullable Money fee,
            @Nullable String statusReason,
            @Nullable String unfounded,
            @Nullable List<String> sameReference)
            implements VersionedView {

        static TrancheView of(Agreement agreement, Tranche it, Map<String, Set<String>> sharing) {
            @Nullable Booking booking = it.booking();
            List<String> same = it.references()
                    .flatMap(key -> sharing.getOrDefault(key, Set.of()).stream())
                    .filter(other -> !other.equals(agreement.id()))
                    .distinct()
                    .sorted()
                    .toList();
            return new TrancheView(
                    it.id(),
                    agreement.etag(Tranche.partOf(it.id())),
                    agreement.isHeld(it) ? "HELD" : it.state().name(),
                    it.waitsFor().text(),
                    it.planned(),
                    it.payable(),
                    it.conditions(agreement.progress()).stream()
                            .map(ConditionView::of)
                            .toList(),
                    it.reference(),
                    booking == null ? null : booking.reference(),
                    booking == null ? null : booking.bookedOn(),
                    booking == null ? null : booking.arrived(),
                    booking == null ? null : booking.fee(),
                    it.statusReason(),
                    it.unfounded(),
                    same.isEmpty() ? null : same);
        }
    }

    /// @param what `agreement-in-force`, `project-active`, `milestone-verified` or `project-completed`
    /// @param milestone id of the milestone; only for `milestone-verified`
    /// @param achieved fraction of the milestone achieved, 0 to 1; absent until it is verified
    record ConditionView(
            String what,
            @Nullable String milestone,
            boolean met,
            @Nullable BigDecimal achieved) {

        static ConditionView of(Tranche.Condition it) {
            return new ConditionView(it.what(), it.milestone(), it.met(), it.achieved());
        }
    }

    /// @param reference reference of a payment order or a booking; case and spaces are ignored
    @GetMapping
    Page<View> list(
            Actor by,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String fund,
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(required = false) @Nullable String reference,
            Page.Wanted wanted) {
        FundingVisibility visibility = FundingVisibility.of(by);
        List<Agreement> found =
                agreements.list(new Agreements.Filter(project, fund, state, reference), visibility, wanted);
        Map<String, Set<String>> sharing = agreements.sharing(found, visibility);
        return Page.of(wanted, found, Agreement::id, it -> View.of(it, sharing, visibility, by));
    }

    @GetMapping("/{id}")
    View read(Actor by, @PathVariable String id) {
        FundingVisibility visibility = FundingVisibility.of(by);
        Agreement it = find(by, id);
        return View.of(it, agreements.sharing(List.of(it), visibility), visibility, by);
    }

    @GetMapping("/{id}/tranches/{tranche}")
    TrancheView readTranche(Actor by, @PathVariable String id, @PathVariable String tranche) {
        Agreement agreement = find(by, id);
        Tranche it = agreement.schedule().find(tranche).orElseThrow(RequestRejected.NotFound::new);
        return TrancheView.of(agreement, it, agreements.sharing(List.of(agreement), FundingVisibility.of(by)));
    }

    private @Nullable KnownCity beneficiary(Agreement it) {
        return cities.findById(it.beneficiary()).orElse(null);
    }

    private Agreement find(Actor by, String id) {
        return agreements.find(id, FundingVisibility.of(by)).orElseThrow(RequestRejected.NotFound::new);
    }

    @PostMapping("/{id}/offer")
    CommandResult offer(Command command, @PathVariable String id) {
        return change(command, id, it -> it.offer(beneficiary(it), command.by()));
    }

    @PostMapping("/{id}/signature")
    CommandResult sign(Command command, @PathVariable String id) {
        return change(command, id, it -> it.sign(beneficiary(it), command.by()));
    }

    @PostMapping("/{id}/decline")
    CommandResult decline(Command command, @PathVariable String id, @RequestBody ReasonRequest body) {
        return change(command, id, it -> it.decline(body.reason(), command.by()));
    }

    @PostMapping("/{id}/countersignature")
    CommandResult countersign(Command command, @PathVariable String id) {
        return change(command, id, it -> it.countersign(command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/request")
    CommandResult request(Command command, @PathVariable String id, @PathVariable String tranche) {
        return change(command, id, tranche, it -> it.request(tranche, command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/authorisation")
    CommandResult authorise(Command command, @PathVariable String id, @PathVariable String tranche) {
        return change(command, id, tranche, it -> it.authorise(tranche, command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/dispatch")
    CommandResult send(
            Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody DispatchRequest body) {
        return change(command, id, tranche, it -> it.send(tranche, body.reference(), command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/payment")
    CommandResult paid(
            Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody PaymentRequest body) {
        return change(command, id, tranche, it -> it.paid(tranche, body.booking(), command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/failure")
    CommandResult failed(
            Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody ReasonRequest body) {
        return change(command, id, tranche, it -> it.failed(tranche, body.reason(), command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/bounce")
    CommandResult bounced(
            Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody ReasonRequest body) {
        return change(command, id, tranche, it -> it.bounced(tranche, body.reason(), command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/cancellation")
    CommandResult cancel(
            Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody ReasonRequest body) {
        return change(command, id, tranche, it -> it.cancel(tranche, body.reason(), command.by()));
    }

    /// Takes back that a payment was recorded.
    @PostMapping("/{id}/tranches/{tranche}/payment-reversal")
    CommandResult reversePayment(
            Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody ReasonRequest body) {
        return change(command, id, tranche, it -> it.reversePayment(tranche, body.reason(), command.by()));
    }

    /// Takes back a cancellation.
    @PostMapping("/{id}/tranches/{tranche}/cancellation-reversal")
    CommandResult restore(
            Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody ReasonRequest body) {
        return change(command, id, tranche, it -> it.restore(tranche, body.reason(), command.by()));
    }

    private CommandResult change(Command command, String id, Consumer<Agreement> change) {
        return aggregates.change(target(command, id), command, change);
    }

    private CommandResult change(Command command, String id, String tranche, Consumer<Agreement> change) {
        Target<Agreement> target = target(command, id)
                .part(Tranche.partOf(tranche), it -> it.schedule().find(tranche).isPresent());
        return aggregates.change(target, command, change);
    }

    private static Target<Agreement> target(Command command, String id) {
        return Target.of(Agreement.class, id, it -> Agreements.isVisible(it, FundingVisibility.of(command.by())));
    }
}
