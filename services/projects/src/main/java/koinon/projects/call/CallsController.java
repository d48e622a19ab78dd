package koinon.projects.call;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import koinon.eventing.action.Deadline;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.Aggregates.Target;
import koinon.http.action.ActionView;
import koinon.http.action.ActionView.Circumstances;
import koinon.http.constraint.Currencies;
import koinon.http.constraint.MultiLine;
import koinon.http.constraint.OneOf;
import koinon.http.page.Page;
import koinon.http.web.VersionedView;
import koinon.projects.LocalDeadline;
import koinon.projects.ReasonRequest;
import koinon.projects.call.rules.Rule;
import koinon.projects.fund.KnownFunds;
import koinon.projects.group.KnownGroup;
import koinon.projects.group.KnownGroups;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Calls for proposals over HTTP. Published calls are public; drafts are visible inside the network.
@RestController
@RequestMapping("/api/v1/calls")
final class CallsController {

    private final Calls calls;
    private final KnownFunds funds;
    private final KnownGroups groups;
    private final Aggregates aggregates;

    CallsController(Calls calls, KnownFunds funds, KnownGroups groups, Aggregates aggregates) {
        this.calls = calls;
        this.funds = funds;
        this.groups = groups;
        this.aggregates = aggregates;
    }

    /// The initial data of a call.
    record CallRequest(@NotBlank @Size(max = 200) String title) {}

    /// A tranche of the scheme.
    ///
    /// @param share fraction of each agreement, 0 to 1
    record TrancheRequest(
            @NotNull @Pattern(regexp = "[a-z0-9-]{1,40}") String id,

            @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
            BigDecimal share,

            @NotNull @Pattern(regexp = "in-force|milestones|completion")
            String waitsFor) {}

    /// A fund and the fraction that it pays, 0 to 1.
    record FundShareRequest(
            @NotBlank @Size(max = 100) String fund,

            @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
            BigDecimal share) {}

    /// Days before and after a milestone's due day.
    record ThresholdsRequest(
            @NotNull @Min(0) Integer dueSoonDays,
            @NotNull @Min(0) Integer atRiskDays) {

        Thresholds thresholds() {
            return new Thresholds(dueSoonDays, atRiskDays);
        }
    }

    /// The terms of the call; they replace the previous ones.
    ///
    /// @param rules each `{"kind": ..., ...}`
    /// @param tranches empty when the call gives no grant
    /// @param funds empty when the call gives no grant
    /// @param holdsDecisions whether decisions on proposals are held until they are released together
    record TermsRequest(
            @NotBlank @Size(max = 200) String title,

            @NotNull @OneOf(value = Currencies.class, message = Currencies.NONE)
            String currency,

            @NotNull @Valid LocalDeadline opens,
            @NotNull @Valid LocalDeadline closes,
            @NotNull @Size(max = 50) List<@NotNull Rule> rules,
            @NotNull @Size(max = 20) List<@NotNull @Valid TrancheRequest> tranches,
            @NotNull @Size(max = 20) List<@NotNull @Valid FundShareRequest> funds,
            @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> themes,
            @Nullable @Size(max = 17) List<@NotNull @Min(1) @Max(17) Integer> sdgs,

            @NotNull @Pattern(regexp = "secretariat|controller|funder-officer", message = TermsCheck.NO_VERIFIER)
            String verifier,

            @NotNull @Pattern(regexp = "all|first", message = TermsCheck.NO_AGREEMENTS)
            String agreements,

            @Nullable @Valid ThresholdsRequest thresholds,
            @Nullable Boolean holdsDecisions) {

        Terms terms() {
            return new Terms(
                    title,
                    currency,
                    opens.deadline(),
                    closes.deadline(),
                    rules,
                    tranches.stream()
                            .map(it -> new Tranche(it.id(), it.share(), it.waitsFor()))
                            .toList(),
                    funds.stream()
                            .map(it -> new Terms.FundShare(it.fund(), it.share()))
                            .toList(),
                    themes == null ? List.of() : themes,
                    sdgs == null ? List.of() : sdgs,
                    verifier,
                    agreements,
                    thresholds == null ? Thresholds.USUAL : thresholds.thresholds(),
                    holdsDecisions);
        }
    }

    /// What may change after the publication; absent values stay.
    ///
    /// @param closes a later deadline; it may extend one that has passed
    record AmendmentRequest(
            @Nullable @Size(max = 200) String title,
            @Nullable @Valid LocalDeadline closes,
            @Nullable @Valid ThresholdsRequest thresholds,
            @MultiLine @NotBlank @Size(max = 2000) String reason) {}

    /// An optional reason.
    record DecisionRequest(
            @MultiLine @Nullable @Size(max = 2000) String reason) {}

    /// A call with its terms.
    ///
    /// @param opensAt when it opens, and `closesAt` when it closes, by the terms; absent while there are none
    /// @param callVersion version of the published terms; absent before the first publication
    /// @param nextActions what can be done next, and whether this caller can do it; shown to who sees drafts
    record View(
            String id,
            long version,
            String title,
            Call.State state,
            @Nullable Instant opensAt,
            @Nullable Instant closesAt,
            @Nullable Integer callVersion,
            @Nullable Terms terms,
            @Nullable String reason,
            @Nullable List<ActionView> nextActions)
            implements VersionedView {

        static View of(Call call, Actor by) {
            @Nullable Terms terms = call.draftTerms();
            return new View(
                    call.id(),
                    call.version(),
                    call.title(),
                    call.state(),
                    terms == null ? null : terms.opens().instant(),
                    terms == null ? null : terms.closes().instant(),
                    call.edition() == 0 ? null : call.edition(),
                    terms,
                    call.reason(),
                    NetworkOversightRoles.includes(by) ? ActionView.of(call, by, Circumstances.NONE) : null);
        }
    }

    /// A call in a list.
    ///
    /// @param open whether proposals can be submitted now
    record Row(
            String id,
            String title,
            Call.State state,
            boolean open,
            @Nullable Deadline opens,
            @Nullable Deadline closes,
            @Nullable Instant opensAt,
            @Nullable Instant closesAt,
            @Nullable String currency) {

        static Row of(Call call, Actor by) {
            @Nullable Terms terms = call.draftTerms();
            return new Row(
                    call.id(),
                    call.title(),
                    call.state(),
                    call.isOpen(by.at()),
                    terms == null ? null : terms.opens(),
                    terms == null ? null : terms.closes(),
                    terms == null ? null : terms.opens().instant(),
                    terms == null ? null : terms.closes().instant(),
                    terms == null ? null : terms.currency());
        }
    }

    @PostMapping
    CommandResult draft(@RequestBody CallRequest draft, Command command) {
        return aggregates.create(Call.class, command, id -> Call.draft(id, draft.title(), command.by()));
    }

    @PutMapping("/{id}/terms")
    CommandResult change(@PathVariable String id, @RequestBody TermsRequest request, Command command) {
        Terms terms = request.terms();
        return change(
                id,
                command,
                call -> call.change(
                        terms,
                        funds.findByIdIn(terms.fundIds()),
                        groups.findByIdIn(terms.groupIds()).stream()
                                .map(KnownGroup::id)
                                .collect(Collectors.toSet()),
                        command.by()));
    }

    @PostMapping("/{id}/publication")
    CommandResult publish(@PathVariable String id, Command command) {
        return change(id, command, call -> call.publish(command.by()));
    }

    @PostMapping("/{id}/amendment")
    CommandResult amend(@PathVariable String id, @RequestBody AmendmentRequest request, Command command) {
        @Nullable
        Deadline closes = request.closes() == null ? null : request.closes().deadline();
        @Nullable
        Thresholds thresholds =
                request.thresholds() == null ? null : request.thresholds().thresholds();
        return change(
                id, command, call -> call.amend(request.title(), closes, thresholds, request.reason(), command.by()));
    }

    @PostMapping("/{id}/decision")
    CommandResult decide(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable DecisionRequest decision,
            Command command) {
        @Nullable String reason = decision == null ? null : decision.reason();
        return change(id, command, call -> call.decide(reason, command.by()));
    }

    @PostMapping("/{id}/decisions-release")
    CommandResult releaseDecisions(@PathVariable String id, Command command) {
        return change(id, command, call -> call.releaseDecisions(command.by()));
    }

    @PostMapping("/{id}/reopening")
    CommandResult reopen(@PathVariable String id, @RequestBody ReasonRequest reason, Command command) {
        return change(id, command, call -> call.reopen(reason.reason(), command.by()));
    }

    @PostMapping("/{id}/archival")
    CommandResult archive(@PathVariable String id, Command command) {
        return change(id, command, call -> call.archive(command.by()));
    }

    @PostMapping("/{id}/cancellation")
    CommandResult cancel(@PathVariable String id, @RequestBody ReasonRequest reason, Command command) {
        return change(id, command, call -> call.cancel(reason.reason(), command.by()));
    }

    @GetMapping
    Page<Row> list(@RequestParam(required = false) Call.@Nullable State state, Page.Wanted wanted, Actor by) {
        return Page.of(
                wanted, calls.page(state, NetworkOversightRoles.includes(by), wanted), Call::id, it -> Row.of(it, by));
    }

    @GetMapping("/{id}")
    View read(@PathVariable String id, Actor by) {
        return View.of(calls.find(id, by).orElseThrow(RequestRejected.NotFound::new), by);
    }

    private CommandResult change(String id, Command command, Consumer<Call> change) {
        return aggregates.change(Target.of(Call.class, id, it -> Calls.isVisible(it, command.by())), command, change);
    }
}
