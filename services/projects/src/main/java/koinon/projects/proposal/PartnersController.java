package koinon.projects.proposal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.Consumer;
import koinon.eventing.command.Command;
import koinon.eventing.command.CommandResult;
import koinon.eventing.document.Aggregates;
import koinon.eventing.value.Money;
import koinon.http.constraint.MultiLine;
import koinon.projects.ReasonRequest;
import koinon.projects.call.Calls;
import koinon.projects.city.KnownCities;
import koinon.projects.proposal.event.ProposalEvent.PartnerPartChanged;
import koinon.projects.proposal.writing.ContributionRequest;
import koinon.projects.proposal.writing.Partnership;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The partner cities of a proposal over HTTP: the lead invites them, then each acts for itself.
@RestController
@RequestMapping("/api/v1/proposals/{id}/partners")
final class PartnersController {

    private final Proposals proposals;
    private final Calls calls;
    private final KnownCities cities;
    private final Aggregates aggregates;

    PartnersController(Proposals proposals, Calls calls, KnownCities cities, Aggregates aggregates) {
        this.proposals = proposals;
        this.calls = calls;
        this.cities = cities;
        this.aggregates = aggregates;
    }

    /// The city to invite.
    record InvitationRequest(@NotBlank @Size(max = 100) String city) {}

    /// A city's own part; it replaces the previous one.
    ///
    /// @param overhead the overhead within its budget
    record PartnerPartRequest(
            @NotNull Money grant,
            @NotNull @Size(max = 50) List<@NotNull @Valid ContributionRequest> contributions,
            @NotNull Money overhead,
            @MultiLine @NotNull @Size(max = 10_000) String tasks) {

        PartnerPartChanged change(String city) {
            return new PartnerPartChanged(
                    city,
                    grant,
                    contributions.stream()
                            .map(ContributionRequest::contribution)
                            .toList(),
                    overhead,
                    tasks);
        }
    }

    @PostMapping
    CommandResult invite(@PathVariable String id, @RequestBody InvitationRequest invitation, Command command) {
        String city = invitation.city();
        return change(
                id,
                command,
                it -> it.invite(city, cities.findById(city).orElse(null), calls.of(it.call()), command.by()));
    }

    @PutMapping("/{city}/part")
    CommandResult write(
            @PathVariable String id, @PathVariable String city, @RequestBody PartnerPartRequest part, Command command) {
        return aggregates.change(
                proposals.target(id, command.by()).part(Partnership.partOf(city)),
                command,
                it -> it.writePart(part.change(city), calls.of(it.call()), command.by()));
    }

    /// Asks a city again for what waits for it: to accept, to write its part or to commit to it. Once in three days.
    @PostMapping("/{city}/reminder")
    CommandResult remind(@PathVariable String id, @PathVariable String city, Command command) {
        return change(id, command, it -> it.remind(city, calls.of(it.call()), command.by()));
    }

    @PostMapping("/{city}/acceptance")
    CommandResult accept(@PathVariable String id, @PathVariable String city, Command command) {
        return change(id, command, it -> it.accept(city, calls.of(it.call()), command.by()));
    }

    @PostMapping("/{city}/decline")
    CommandResult decline(
            @PathVariable String id, @PathVariable String city, @RequestBody ReasonRequest reason, Command command) {
        return change(id, command, it -> it.decline(city, reason.reason(), command.by()));
    }

    @PostMapping("/{city}/removal")
    CommandResult remove(
            @PathVariable String id, @PathVariable String city, @RequestBody ReasonRequest reason, Command command) {
        return change(id, command, it -> it.remove(city, reason.reason(), command.by()));
    }

    /// Commits a city to its part. With `If-Match`, to the part as it was read.
    @PostMapping("/{city}/commitment")
    CommandResult commit(@PathVariable String id, @PathVariable String city, Command command) {
        return aggregates.change(
                proposals.target(id, command.by()).part(Partnership.partOf(city)),
                command,
                it -> it.commit(city, calls.of(it.call()), command.by()));
    }

    @PostMapping("/{city}/commitment-withdrawal")
    CommandResult withdrawCommitment(
            @PathVariable String id, @PathVariable String city, @RequestBody ReasonRequest reason, Command command) {
        return change(id, command, it -> it.withdrawCommitment(city, reason.reason(), command.by()));
    }

    @PostMapping("/{city}/step-back")
    CommandResult stepBack(
            @PathVariable String id, @PathVariable String city, @RequestBody ReasonRequest reason, Command command) {
        return change(id, command, it -> it.stepBack(city, reason.reason(), command.by()));
    }

    @PostMapping("/{city}/step-back-withdrawal")
    CommandResult withdrawStepBack(@PathVariable String id, @PathVariable String city, Command command) {
        return change(id, command, it -> it.withdrawStepBack(city, command.by()));
    }

    private CommandResult change(String id, Command command, Consumer<Proposal> change) {
        return aggregates.change(proposals.target(id, command.by()), command, change);
    }
}
