package koinon.projects.proposal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import koinon.platform.model.Lifecycle;
import koinon.platform.model.Money;
import koinon.platform.model.RuleBroken;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import koinon.projects.proposal.ProposalEvent.*;
import org.jspecify.annotations.Nullable;

/// The cities that write a plan together: the plan as it stands, and where each city stands to it.
///
/// @param plan only of cities that take part
/// @param standings by city, also of those that declined or were removed
record Partnership(Plan plan, Map<String, Standing> standings) {

    /// Where a city stands in a proposal. A commitment holds only for the part it was given for.
    enum Standing implements Lifecycle<Standing> {
        /// Not part of it, or not yet: the state before an invitation.
        OUTSIDE,
        /// Asked by the lead.
        INVITED,
        /// Takes part in the writing.
        ACCEPTED,
        /// Stands by its part as it is written.
        COMMITTED,
        /// Said no; it may be invited again.
        DECLINED,
        /// Taken out by the lead; it may be invited again.
        REMOVED;

        Standing after(PartnerEvent event) {
            return switch (event) {
                case PartnerInvited _ -> from(OUTSIDE, DECLINED, REMOVED).to(INVITED);
                case PartnerAccepted _ -> from(INVITED).to(ACCEPTED);
                case PartnerDeclined _ -> from(INVITED, ACCEPTED).to(DECLINED);
                case PartnerRemoved _ -> from(INVITED, ACCEPTED, COMMITTED).to(REMOVED);
                case PartnerPartChanged _ -> from(ACCEPTED, COMMITTED);
                case PartnerCommitted _ -> from(ACCEPTED).to(COMMITTED);
                case CommitmentWithdrawn _, CommitmentLapsed _ ->
                    from(COMMITTED).to(ACCEPTED);
            };
        }

        /// Whether the city belongs to the plan.
        boolean takesPart() {
            return switch (this) {
                case INVITED, ACCEPTED, COMMITTED -> true;
                case OUTSIDE, DECLINED, REMOVED -> false;
            };
        }
    }

    Partnership {
        standings = new LinkedHashMap<>(standings);
    }

    /// A lead and a title.
    static Partnership begun(String title, String lead) {
        return new Partnership(Plan.begun(title, lead), Map.of(lead, Standing.ACCEPTED));
    }

    /// What was submitted, and with it every city's commitment.
    static Partnership committedTo(Plan submitted) {
        Map<String, Standing> standings = new LinkedHashMap<>();
        submitted.cities().forEach(it -> standings.put(it, Standing.COMMITTED));
        return new Partnership(submitted, standings);
    }

    Partnership with(Plan plan) {
        return new Partnership(plan, standings);
    }

    /// After something concerned one city: a new partner brings an empty part, one that leaves takes its part along.
    Partnership after(PartnerEvent event) {
        Standing standing = standing(event.city()).after(event);
        Map<String, Standing> after = new LinkedHashMap<>(standings);
        after.put(event.city(), standing);
        Plan changed = plan;
        if (event instanceof PartnerPartChanged it) changed = plan.with(part(it));
        else if (event instanceof PartnerInvited) changed = plan.with(Part.empty(event.city()));
        else if (!standing.takesPart()) changed = plan.without(event.city());
        return new Partnership(changed, after);
    }

    /// Whether a commitment was given for something else than this.
    boolean lapsesBy(PartnerPartChanged change) {
        return standing(change.city()) == Standing.COMMITTED
                && plan.part(change.city()).filter(part(change)::equals).isEmpty();
    }

    Standing standing(String city) {
        return standings.getOrDefault(city, Standing.OUTSIDE);
    }

    /// Whether this city has written its part.
    boolean hasWritten(String city) {
        return plan.part(city).filter(Part::isWritten).isPresent();
    }

    /// The scopes whose mandate holders have a part in it: of its cities now, and of those that submitted it.
    Set<String> scopes(@Nullable Plan submitted) {
        Stream<String> before = submitted == null ? Stream.of() : submitted.cities().stream();
        return Stream.concat(plan.cities().stream(), before)
                .map(it -> "city/" + it)
                .collect(Collectors.toSet());
    }

    /// Refuses a city that nobody knows, or that has left.
    ///
    /// @param pointer where the request names it
    static void mayTakePart(String id, @Nullable KnownCity city, String pointer) {
        if (city == null) throw new Invalid(pointer, "There is no city " + id + ".");
        if (!city.mayTakePart()) throw new RuleBroken("city-left", city.label() + " has left the network.");
    }

    /// Refuses amounts that are none, or in another currency than the call's.
    static void mustBeIn(String currency, PartnerPartChanged change) {
        part(change).check();
        Map<String, Money> amounts = new LinkedHashMap<>();
        amounts.put("/grant/currency", change.grant());
        amounts.put("/overhead/currency", change.overhead());
        for (int i = 0; i < change.contributions().size(); i++)
            amounts.put(
                    "/contributions/" + i + "/amount/currency",
                    change.contributions().get(i).amount());
        List<Violation> violations = amounts.entrySet().stream()
                .filter(it -> !it.getValue().currency().equals(currency))
                .map(it -> new Violation(it.getKey(), "The call is in " + currency + "."))
                .toList();
        if (!violations.isEmpty()) throw new Invalid(violations);
    }

    private static Part part(PartnerPartChanged e) {
        return new Part(e.city(), e.grant(), e.contributions(), e.overhead(), e.tasks());
    }
}
