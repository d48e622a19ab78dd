package koinon.projects.proposal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.function.Consumer;
import koinon.eventing.action.Deadline;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.document.Aggregates;
import koinon.http.constraint.MultiLine;
import koinon.projects.LocalDeadline;
import koinon.projects.ReasonRequest;
import koinon.projects.RedactionRequest;
import koinon.projects.call.Calls;
import koinon.projects.proposal.event.ProposalEvent.DecisionRecorded.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The secretariat's decisions on a proposal over HTTP; each has a reason. A call that holds decisions has all but a
/// return for correction recorded until it releases them.
@RestController
@RequestMapping("/api/v1/proposals/{id}")
final class DecisionsController {

    private final Proposals proposals;
    private final Calls calls;
    private final Aggregates aggregates;

    DecisionsController(Proposals proposals, Calls calls, Aggregates aggregates) {
        this.proposals = proposals;
        this.calls = calls;
        this.aggregates = aggregates;
    }

    /// A return for correction.
    ///
    /// @param until the deadline for submitting again
    record ReturnRequest(
            @MultiLine @NotBlank @Size(max = 2000) String reason,
            @NotNull @Valid LocalDeadline until) {}

    /// The result of the eligibility check.
    record EligibilityRequest(
            @NotNull Boolean eligible,
            @MultiLine @NotBlank @Size(max = 2000) String reason) {}

    /// A selection, which asks the funds.
    ///
    /// @param beneficiaries the partner city that a fund pays, by fund; the lead where absent
    record SelectionRequest(
            @MultiLine @NotBlank @Size(max = 2000) String reason,
            @Nullable @Size(max = 20) Map<String, @NotBlank String> beneficiaries) {}

    @PostMapping("/return")
    CommandResult returnForCorrection(@PathVariable String id, @RequestBody ReturnRequest body, Command command) {
        Deadline until = body.until().deadline();
        return change(id, command, it -> it.returnForCorrection(body.reason(), until, command.by()));
    }

    @PostMapping("/eligibility")
    CommandResult decideEligibility(@PathVariable String id, @RequestBody EligibilityRequest body, Command command) {
        return decide(id, body.eligible() ? Outcome.ELIGIBLE : Outcome.INELIGIBLE, body.reason(), Map.of(), command);
    }

    @PostMapping("/selection")
    CommandResult select(@PathVariable String id, @RequestBody SelectionRequest body, Command command) {
        Map<String, String> beneficiaries = body.beneficiaries() == null ? Map.of() : body.beneficiaries();
        return decide(id, Outcome.SELECTED, body.reason(), beneficiaries, command);
    }

    @PostMapping("/reserve-listing")
    CommandResult reserveList(@PathVariable String id, @RequestBody ReasonRequest body, Command command) {
        return decide(id, Outcome.RESERVE_LISTED, body.reason(), Map.of(), command);
    }

    @PostMapping("/non-approval")
    CommandResult notApprove(@PathVariable String id, @RequestBody ReasonRequest body, Command command) {
        return decide(id, Outcome.NOT_APPROVED, body.reason(), Map.of(), command);
    }

    /// Reverses the decision made last: the eligibility, a reserve listing, or a non-approval.
    @PostMapping("/decision-reversal")
    CommandResult reverseDecision(@PathVariable String id, @RequestBody ReasonRequest body, Command command) {
        return change(id, command, it -> it.reverseDecision(body.reason(), calls.of(it.call()), command.by()));
    }

    @PostMapping("/redactions")
    CommandResult redact(@PathVariable String id, @RequestBody RedactionRequest body, Command command) {
        return change(id, command, it -> it.redact(body.text(), body.reason(), command.by()));
    }

    private CommandResult decide(
            String id, Outcome outcome, String reason, Map<String, String> beneficiaries, Command command) {
        return change(
                id, command, it -> it.decide(outcome, reason, beneficiaries, proposals.factsOf(it), command.by()));
    }

    private CommandResult change(String id, Command command, Consumer<Proposal> change) {
        return aggregates.change(proposals.target(id, command.by()), command, change);
    }
}
