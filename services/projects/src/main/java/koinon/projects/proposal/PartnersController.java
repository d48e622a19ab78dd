package koinon.projects.proposal;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.Consumer;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Answer;
import koinon.platform.document.Command;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.projects.call.Calls;
import koinon.projects.city.KnownCities;
import koinon.projects.plan.Contribution;
import koinon.projects.proposal.DecisionsController.Reason;
import koinon.projects.proposal.ProposalEvent.PartnerPartChanged;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The partner cities of a proposal over HTTP: invited by the lead, each then acting for itself.
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

    /// Which city is asked.
    record Invitation(@NotBlank @Size(max = 100) String city) {}

    /// What a city brings itself.
    ///
    /// @param kind `cash`, or `in-kind`, which says who valued it
    record Brought(
            @NotBlank @Size(max = 200) String source,
            @NotNull @Pattern(regexp = "cash|in-kind") String kind,
            @Nullable @Size(max = 200) String valuedBy,
            @NotNull Money amount) {

        Brought {
            if (Contribution.IN_KIND.equals(kind) && (valuedBy == null || valuedBy.isBlank()))
                throw new Invalid("/valuedBy", "What is brought in kind says who valued it.");
        }
    }

    /// A city's own part, in the place of what was there.
    ///
    /// @param overhead the part of its budget that is overhead
    record OwnPart(
            @NotNull Money grant,
            @NotNull @Size(max = 50) List<@NotNull @Valid Brought> contributions,
            @NotNull Money overhead,
            @NotNull @Size(max = 10_000) String tasks) {

        PartnerPartChanged change(String city) {
            return new PartnerPartChanged(
                    city,
                    grant,
                    contributions.stream()
                            .map(it -> new Contribution(it.source(), it.kind(), it.valuedBy(), it.amount()))
                            .toList(),
                    overhead,
                    tasks);
        }
    }

    @PostMapping
    Answer invite(@PathVariable String id, @RequestBody Invitation invitation, Command command) {
        String city = invitation.city();
        return change(id, command, it -> it.invite(city, cities.findById(city).orElse(null), command.by()));
    }

    @PutMapping("/{city}/part")
    Answer write(@PathVariable String id, @PathVariable String city, @RequestBody OwnPart part, Command command) {
        return aggregates.change(
                proposals.target(id, command.by()).part(Proposal.partnerPart(city)),
                command,
                it -> it.writePart(
                        part.change(city), calls.of(it.call()).terms().currency(), command.by()));
    }

    @PostMapping("/{city}/acceptance")
    Answer accept(@PathVariable String id, @PathVariable String city, Command command) {
        return change(id, command, it -> it.accept(city, command.by()));
    }

    @PostMapping("/{city}/decline")
    Answer decline(@PathVariable String id, @PathVariable String city, @RequestBody Reason reason, Command command) {
        return change(id, command, it -> it.decline(city, reason.reason(), command.by()));
    }

    @PostMapping("/{city}/removal")
    Answer remove(@PathVariable String id, @PathVariable String city, @RequestBody Reason reason, Command command) {
        return change(id, command, it -> it.remove(city, reason.reason(), command.by()));
    }

    @PostMapping("/{city}/commitment")
    Answer commit(@PathVariable String id, @PathVariable String city, Command command) {
        return change(id, command, it -> it.commit(city, command.by()));
    }

    @PostMapping("/{city}/commitment-withdrawal")
    Answer withdrawCommitment(
            @PathVariable String id, @PathVariable String city, @RequestBody Reason reason, Command command) {
        return change(id, command, it -> it.withdrawCommitment(city, reason.reason(), command.by()));
    }

    private Answer change(String id, Command command, Consumer<Proposal> change) {
        return aggregates.change(proposals.target(id, command.by()), command, change);
    }
}
