package koinon.projects.proposal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Consumer;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.projects.call.Call;
import koinon.projects.call.Calls;
import koinon.projects.fund.KnownFunds;
import koinon.projects.plan.Deadline;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the secretariat decides on a proposal, over HTTP: always with a reason.
@RestController
@RequestMapping("/api/v1/proposals/{id}")
final class DecisionsController {

    private final Proposals proposals;
    private final Calls calls;
    private final KnownFunds funds;
    private final Aggregates aggregates;

    DecisionsController(Proposals proposals, Calls calls, KnownFunds funds, Aggregates aggregates) {
        this.proposals = proposals;
        this.calls = calls;
        this.funds = funds;
        this.aggregates = aggregates;
    }

    /// Why; it is kept with the programme's records.
    record Reason(@NotBlank @Size(max = 2000) String reason) {}

    /// A local time in a zone of IANA's database.
    record Time(
            @NotNull LocalDateTime local,
            @NotBlank @Size(max = 50) String zone) {}

    /// Given back to be mended.
    ///
    /// @param until the deadline for handing it in again
    record Return(
            @NotBlank @Size(max = 2000) String reason,
            @NotNull @Valid Time until) {}

    /// Whether the call's rules admit it.
    record Eligibility(
            @NotNull Boolean eligible,
            @NotBlank @Size(max = 2000) String reason) {}

    /// The funds are to be asked.
    ///
    /// @param beneficiaries by fund, the partner city that it pays where that is not the lead
    record Choice(
            @NotBlank @Size(max = 2000) String reason,
            @Nullable @Size(max = 20) Map<String, @NotBlank String> beneficiaries) {}

    @PostMapping("/return")
    Answer giveBack(@PathVariable String id, @RequestBody Return body, Command command) {
        Deadline until = new Deadline(body.until().local(), body.until().zone());
        return change(id, command, it -> it.giveBack(body.reason(), until, command.by()));
    }

    @PostMapping("/eligibility")
    Answer decideEligibility(@PathVariable String id, @RequestBody Eligibility body, Command command) {
        return change(
                id,
                command,
                it -> it.decideEligibility(body.eligible(), body.reason(), calls.of(it.call()), command.by()));
    }

    @PostMapping("/selection")
    Answer select(@PathVariable String id, @RequestBody Choice body, Command command) {
        Map<String, String> beneficiaries = body.beneficiaries() == null ? Map.of() : body.beneficiaries();
        return change(id, command, it -> {
            Call call = calls.of(it.call());
            it.select(
                    body.reason(),
                    beneficiaries,
                    call,
                    funds.findByIdIn(call.terms().fundIds()),
                    command.by());
        });
    }

    @PostMapping("/reserve-listing")
    Answer reserveList(@PathVariable String id, @RequestBody Reason body, Command command) {
        return change(id, command, it -> it.reserveList(body.reason(), command.by()));
    }

    @PostMapping("/non-approval")
    Answer notApprove(@PathVariable String id, @RequestBody Reason body, Command command) {
        return change(id, command, it -> it.notApprove(body.reason(), command.by()));
    }

    private Answer change(String id, Command command, Consumer<Proposal> change) {
        return aggregates.change(proposals.target(id, command.by()), command, change);
    }
}
