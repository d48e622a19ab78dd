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
import koinon.funding.agreement.payment.Booking;
import koinon.funding.agreement.payment.PaymentReference;
import koinon.funding.funder.Sight;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Aggregates.Target;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.document.Refused;
import koinon.platform.model.By;
import koinon.platform.model.Money;
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

/// Agreements and their tranches: the funder and the beneficiary act, partner cities, secretariat and auditors read
/// too.
@RestController
@RequestMapping("/api/v1/agreements")
class AgreementController {

    private final Aggregates aggregates;
    private final Agreements agreements;

    AgreementController(Aggregates aggregates, Agreements agreements) {
        this.aggregates = aggregates;
        this.agreements = agreements;
    }

    record Reason(@NotBlank @Size(max = 2000) String reason) {}

    /// @param reference of the order to the bank, new in this agreement
    record Dispatch(
            @NotBlank @Pattern(regexp = PaymentReference.FORM)
            String reference) {}

    /// @param bankReference of the bank's booking, new in this agreement
    /// @param bookedOn the day of the bank's booking, not in the future
    /// @param amount what the beneficiary received
    /// @param fee what banks kept; with the amount it is what was ordered
    record Payment(
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
    /// @param amount before the approval only for the network and the funder
    /// @param remark why it is as it is, where somebody said so
    /// @param committed all that is in force, paid and outstanding; absent before it is in force
    /// @param outstanding of it not paid
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
            @Nullable String remark,
            List<TrancheView> tranches)
            implements VersionedView {

        static View of(Agreement it, Map<String, Set<String>> sharing, Sight sight) {
            boolean inForce = switch (it.state()) {
                case EXPECTED, REQUESTED, RESERVED, REFUSED, RELEASED, OFFERED, DECLINED, SIGNED -> false;
                case IN_FORCE, SUSPENDED, TERMINATED, CLOSED -> true;
            };
            return new View(
                    it.id(),
                    it.sequence(),
                    it.project(),
                    it.call(),
                    it.fund(),
                    it.funder().isEmpty() ? null : it.funder(),
                    it.beneficiary(),
                    it.partners(),
                    it.selection(),
                    it.state(),
                    it.isApproved() || sight.seesFunder(it.funder()) ? it.amount() : null,
                    inForce ? it.sums().committed() : null,
                    inForce ? it.sums().outstanding() : null,
                    inForce ? it.sums().paid() : null,
                    it.remark(),
                    it.schedule().tranches().stream()
                            .map(one -> TrancheView.of(it, one, sharing))
                            .toList());
        }
    }

    /// @param state of the tranche, or HELD while its agreement is suspended
    /// @param waitsFor `in-force`, `milestones` or `completion`
    /// @param payable fixed when its last condition was met
    /// @param conditions all that it waits for, each met or not
    /// @param unfounded why it should not have been paid, where a verification was withdrawn too late
    /// @param sameReference other agreements of the funder with a payment of the same reference; absent without any
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
            @Nullable String remark,
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
                    agreement.etag(Agreement.tranchePart(it.id())),
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
                    it.remark(),
                    it.unfounded(),
                    same.isEmpty() ? null : same);
        }
    }

    /// @param what `agreement-in-force`, `project-active`, `milestone-verified` or `project-completed`
    /// @param milestone which one, where it is about one
    /// @param achieved the part of it that was achieved, of one, once it is verified
    record ConditionView(
            String what,
            @Nullable String milestone,
            boolean met,
            @Nullable BigDecimal achieved) {

        static ConditionView of(Tranche.Condition it) {
            return new ConditionView(it.what(), it.milestone(), it.met(), it.achieved());
        }
    }

    /// @param reference only those with a payment of this reference, the order's or the bank's, however it is spelt
    @GetMapping
    Page<View> list(
            By by,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String fund,
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(required = false) @Nullable String reference,
            Page.Wanted wanted) {
        Sight sight = Sight.of(by);
        List<Agreement> found = agreements.list(new Agreements.Filter(project, fund, state, reference), sight, wanted);
        Map<String, Set<String>> sharing = agreements.sharing(found, sight);
        return Page.of(wanted, found, Agreement::id, it -> View.of(it, sharing, sight));
    }

    @GetMapping("/{id}")
    View read(By by, @PathVariable String id) {
        Sight sight = Sight.of(by);
        Agreement it = find(by, id);
        return View.of(it, agreements.sharing(List.of(it), sight), sight);
    }

    @GetMapping("/{id}/tranches/{tranche}")
    TrancheView readTranche(By by, @PathVariable String id, @PathVariable String tranche) {
        Agreement agreement = find(by, id);
        Tranche it = agreement.schedule().find(tranche).orElseThrow(Refused.NotFound::new);
        return TrancheView.of(agreement, it, agreements.sharing(List.of(agreement), Sight.of(by)));
    }

    private Agreement find(By by, String id) {
        return agreements.find(id, Sight.of(by)).orElseThrow(Refused.NotFound::new);
    }

    @PostMapping("/{id}/offer")
    Answer offer(Command command, @PathVariable String id) {
        return change(command, id, it -> it.offer(command.by()));
    }

    @PostMapping("/{id}/signature")
    Answer sign(Command command, @PathVariable String id) {
        return change(command, id, it -> it.sign(command.by()));
    }

    @PostMapping("/{id}/decline")
    Answer decline(Command command, @PathVariable String id, @RequestBody Reason body) {
        return change(command, id, it -> it.decline(body.reason(), command.by()));
    }

    @PostMapping("/{id}/countersignature")
    Answer countersign(Command command, @PathVariable String id) {
        return change(command, id, it -> it.countersign(command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/request")
    Answer request(Command command, @PathVariable String id, @PathVariable String tranche) {
        return change(command, id, tranche, it -> it.request(tranche, command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/authorisation")
    Answer authorise(Command command, @PathVariable String id, @PathVariable String tranche) {
        return change(command, id, tranche, it -> it.authorise(tranche, command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/dispatch")
    Answer send(Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody Dispatch body) {
        return change(command, id, tranche, it -> it.send(tranche, body.reference(), command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/payment")
    Answer paid(Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody Payment body) {
        return change(command, id, tranche, it -> it.paid(tranche, body.booking(), command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/failure")
    Answer failed(Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody Reason body) {
        return change(command, id, tranche, it -> it.failed(tranche, body.reason(), command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/bounce")
    Answer bounced(Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody Reason body) {
        return change(command, id, tranche, it -> it.bounced(tranche, body.reason(), command.by()));
    }

    @PostMapping("/{id}/tranches/{tranche}/cancellation")
    Answer cancel(Command command, @PathVariable String id, @PathVariable String tranche, @RequestBody Reason body) {
        return change(command, id, tranche, it -> it.cancel(tranche, body.reason(), command.by()));
    }

    private Answer change(Command command, String id, Consumer<Agreement> change) {
        return aggregates.change(target(command, id), command, change);
    }

    private Answer change(Command command, String id, String tranche, Consumer<Agreement> change) {
        Target<Agreement> target = target(command, id)
                .part(
                        Agreement.tranchePart(tranche),
                        it -> it.schedule().find(tranche).isPresent());
        return aggregates.change(target, command, change);
    }

    private static Target<Agreement> target(Command command, String id) {
        return Target.of(Agreement.class, id, it -> Agreements.isVisible(it, Sight.of(command.by())));
    }
}
