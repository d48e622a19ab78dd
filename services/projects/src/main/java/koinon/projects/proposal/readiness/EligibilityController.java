package koinon.projects.proposal.readiness;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import koinon.eventing.actor.Actor;
import koinon.eventing.command.RequestRejected;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Money;
import koinon.projects.call.Call;
import koinon.projects.call.Calls;
import koinon.projects.city.KnownCities;
import koinon.projects.city.KnownCity;
import koinon.projects.group.KnownGroups;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.writing.ContributionRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether cities could apply to a call, asked before they draft a proposal.
@RestController
@RequestMapping("/api/v1/calls/{id}/readiness")
final class EligibilityController {

    private final Calls calls;
    private final KnownCities cities;
    private final KnownGroups groups;

    EligibilityController(Calls calls, KnownCities cities, KnownGroups groups) {
        this.calls = calls;
        this.cities = cities;
        this.groups = groups;
    }

    /// What a city would ask for and bring.
    record PartIdea(
            @NotBlank @Size(max = 100) String city,
            @NotNull Money grant,
            @Nullable @Size(max = 50) List<@NotNull @Valid ContributionRequest> contributions,
            @Nullable Money overhead) {

        Part part() {
            return new Part(
                    city,
                    grant,
                    contributions == null
                            ? List.of()
                            : contributions.stream()
                                    .map(ContributionRequest::contribution)
                                    .toList(),
                    overhead == null ? Money.zero(grant.currency()) : overhead,
                    "");
        }
    }

    /// Who would apply, and what is known already; what is absent is not judged.
    ///
    /// @param partners ids of the other cities
    /// @param parts of some of these cities; a city that is left out asks for nothing
    record EligibilityRequest(
            @NotBlank @Size(max = 100) String lead,
            @NotNull @Size(max = Plan.MOST_PARTS - 1) List<@NotBlank @Size(max = 100) String> partners,
            @Nullable LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable @Size(max = 20) List<@NotBlank @Size(max = 100) String> themes,
            @Nullable @Size(max = 17) List<@NotNull @Min(1) @Max(17) Integer> sdgs,
            @Nullable @Size(max = Plan.MOST_PARTS) List<@NotNull @Valid PartIdea> parts) {

        Set<String> cities() {
            Set<String> all = new LinkedHashSet<>();
            all.add(lead);
            all.addAll(partners);
            return all;
        }

        /// @throws ValidationFailed with every violation
        Plan plan(String title, String currency, Map<String, KnownCity> known) {
            List<Violation> violations = new ArrayList<>();
            if (!known.containsKey(lead)) violations.add(unknown("/lead", lead));
            for (int i = 0; i < partners.size(); i++)
                if (!known.containsKey(partners.get(i))) violations.add(unknown("/partners/" + i, partners.get(i)));
            Plan plan = Plan.initial(title, lead)
                    .withSummary(
                            title,
                            "",
                            Objects.requireNonNullElse(themes, List.of()),
                            Objects.requireNonNullElse(sdgs, List.of()),
                            startsOn,
                            endsOn);
            ValidationFailed.collect("", plan::check, violations);
            for (String city : partners) plan = plan.with(Part.empty(city));
            for (int i = 0; parts != null && i < parts.size(); i++) {
                Part part = parts.get(i).part();
                String pointer = "/parts/" + i;
                if (!cities().contains(part.city()))
                    violations.add(new Violation(
                            pointer + "/city",
                            "eligibility.not-a-partner",
                            "%s is neither the lead nor one of the partners.",
                            "city",
                            part.city()));
                ValidationFailed.collect(pointer, part::check, violations);
                violations.addAll(part.outside(currency, pointer));
                plan = plan.with(part);
            }
            if (!violations.isEmpty()) throw new ValidationFailed(violations);
            return plan;
        }

        private static Violation unknown(String pointer, String city) {
            return new Violation(pointer, "proposal.no-such-city", "There is no city %s.", "city", city);
        }
    }

    /// Whether these cities could apply, as far as what is given allows to judge it, by the rules and the code that
    /// judge a submission. Nothing is saved.
    ///
    /// Dates are judged once both are given, amounts once a part is given. Milestones, texts and commitments are
    /// not judged: they belong to a proposal. A public call is judged for everybody.
    @PostMapping
    Readiness judge(@PathVariable String id, @RequestBody EligibilityRequest request, Actor by) {
        Call call = calls.find(id, by).orElseThrow(RequestRejected.NotFound::new);
        Map<String, KnownCity> known =
                cities.byId(request.cities(), groups.named(call.terms().groupIds()));
        Plan plan = request.plan(call.title(), call.terms().currency(), known);
        return Readiness.beforeDraft(plan, request.lead(), call, known, by.at());
    }
}
