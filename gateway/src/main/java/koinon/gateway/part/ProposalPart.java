package koinon.gateway.part;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import koinon.gateway.audience.Reason;
import koinon.gateway.directory.LocalDeadline;
import koinon.gateway.part.ProposalEvent.Approved;
import koinon.gateway.part.ProposalEvent.CommitmentLapsed;
import koinon.gateway.part.ProposalEvent.CommitmentWithdrawn;
import koinon.gateway.part.ProposalEvent.Contribution;
import koinon.gateway.part.ProposalEvent.Drafted;
import koinon.gateway.part.ProposalEvent.FoundEligible;
import koinon.gateway.part.ProposalEvent.FoundIneligible;
import koinon.gateway.part.ProposalEvent.NotApproved;
import koinon.gateway.part.ProposalEvent.Part;
import koinon.gateway.part.ProposalEvent.PartnerAccepted;
import koinon.gateway.part.ProposalEvent.PartnerCommitted;
import koinon.gateway.part.ProposalEvent.PartnerDeclined;
import koinon.gateway.part.ProposalEvent.PartnerInvited;
import koinon.gateway.part.ProposalEvent.PartnerPartChanged;
import koinon.gateway.part.ProposalEvent.PartnerRemoved;
import koinon.gateway.part.ProposalEvent.Plan;
import koinon.gateway.part.ProposalEvent.Reopened;
import koinon.gateway.part.ProposalEvent.ReserveListed;
import koinon.gateway.part.ProposalEvent.Returned;
import koinon.gateway.part.ProposalEvent.Selected;
import koinon.gateway.part.ProposalEvent.Submitted;
import koinon.gateway.part.ProposalEvent.SummaryChanged;
import koinon.gateway.part.ProposalEvent.Withdrawn;
import koinon.gateway.part.ProposalEvent.WorkPlanChanged;
import koinon.gateway.reading.Message;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// What a proposal said. Never changed once anyone can see it: an event makes a copy, and a
/// change of what is kept puts another value or collection in place.
public final class ProposalPart implements Cloneable {

    /// Where a proposal stands, as its own events say.
    public enum State {
        DRAFT,
        SUBMITTED,
        RETURNED,
        ELIGIBLE,
        INELIGIBLE,
        RESERVE_LISTED,
        SELECTED,
        APPROVED,
        NOT_APPROVED,
        WITHDRAWN
    }

    /// Where a partner stands in a proposal.
    public enum Standing {
        INVITED,
        ACCEPTED,
        COMMITTED,
        DECLINED,
        REMOVED;

        /// Whether the city belongs to the plan.
        public boolean takesPart() {
            return switch (this) {
                case INVITED, ACCEPTED, COMMITTED -> true;
                case DECLINED, REMOVED -> false;
            };
        }
    }

    /// A partner city in the proposal.
    ///
    /// @param reason why it declined, was removed or no longer commits
    public record Partner(
            String city,
            Standing standing,
            @Nullable Money grant,
            @Nullable Money coFinancing,
            @Nullable Reason reason) {

        private Partner as(Standing next, @Nullable Reason why) {
            return new Partner(city, next, grant, coFinancing, why);
        }

        private Partner bringing(@Nullable Money asked, @Nullable Money brought) {
            return new Partner(city, standing, asked, brought, reason);
        }

        /// Its part is no longer in the plan, or not yet.
        private Partner withoutPart(Standing next, @Nullable Reason why) {
            return new Partner(city, next, null, null, why);
        }
    }

    private State state = State.DRAFT;
    private Instant since = Instant.EPOCH;
    private String call = "";
    private String lead = "";
    private String title = "";
    private List<String> themes = List.of();
    private List<Integer> sdgs = List.of();
    private @Nullable LocalDate startsOn;
    private @Nullable LocalDate endsOn;
    private List<Award.Milestone> milestones = List.of();
    private @Nullable Submitted submitted;
    private Map<String, Partner> partners = Collections.emptyMap();
    private List<Award.Grant> grants = List.of();
    private @Nullable Award award;
    private @Nullable LocalDeadline returnedUntil;
    private List<Decision> decisions = List.of();

    private ProposalPart() {}

    @Override
    protected ProposalPart clone() {
        try {
            return (ProposalPart) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /// With what this event says; the same if it says nothing that is kept.
    public static @Nullable ProposalPart after(@Nullable ProposalPart before, Message message) {
        return message.as(ProposalEvent.class)
                .map(it -> {
                    var next = before == null ? new ProposalPart() : before.clone();
                    next.when(it, message);
                    return next;
                })
                .orElse(before);
    }

    private void when(ProposalEvent event, Message message) {
        switch (event) {
            case Drafted e -> {
                call = e.call();
                lead = e.lead();
                title = e.title();
                partners = Copies.with(partners, lead, new Partner(lead, Standing.ACCEPTED, null, null, null));
                to(State.DRAFT, message);
            }
            case SummaryChanged e -> {
                title = e.title();
                themes = Award.listed(e.themes());
                sdgs = Award.listed(e.sdgs());
                startsOn = e.startsOn();
                endsOn = e.endsOn();
            }
            case WorkPlanChanged e -> milestones = Award.listed(e.milestones());
            case PartnerInvited e -> partner(e.city(), it -> it.withoutPart(Standing.INVITED, null));
            case PartnerAccepted e -> stands(e.city(), Standing.ACCEPTED, null);
            case PartnerDeclined e ->
                partner(e.city(), it -> it.withoutPart(Standing.DECLINED, message.reason(e.reason())));
            case PartnerRemoved e ->
                partner(e.city(), it -> it.withoutPart(Standing.REMOVED, message.reason(e.reason())));
            case PartnerPartChanged e -> partner(e.city(), it -> it.bringing(e.grant(), sum(e.contributions())));
            case PartnerCommitted e -> stands(e.city(), Standing.COMMITTED, null);
            case CommitmentWithdrawn e -> stands(e.city(), Standing.ACCEPTED, message.reason(e.reason()));
            case CommitmentLapsed e -> stands(e.city(), Standing.ACCEPTED, message.reason(e.reason()));
            case Submitted e -> {
                submitted = e;
                to(State.SUBMITTED, message);
            }
            case Reopened _ -> to(State.DRAFT, message);
            case Returned e -> {
                returnedUntil = e.until();
                decided(State.RETURNED, message, e.reason());
            }
            case FoundEligible e -> {
                restore(e.submission());
                decided(State.ELIGIBLE, message, e.reason());
            }
            case FoundIneligible e -> {
                restore(e.submission());
                decided(State.INELIGIBLE, message, e.reason());
            }
            case Selected e -> {
                grants = Award.listed(e.grants());
                decided(State.SELECTED, message, e.reason());
            }
            case ReserveListed e -> {
                grants = List.of();
                decided(State.RESERVE_LISTED, message, e.reason());
            }
            case Approved e -> {
                award = e.award();
                decided(State.APPROVED, message, null);
            }
            case NotApproved e -> decided(State.NOT_APPROVED, message, e.reason());
            case Withdrawn e -> decided(State.WITHDRAWN, message, e.reason());
        }
    }

    private void to(State next, Message message) {
        state = next;
        since = message.at();
    }

    private void decided(State next, Message message, @Nullable String reason) {
        to(next, message);
        decisions = Copies.with(decisions, Decision.of(message, reason));
    }

    private void stands(String city, Standing standing, @Nullable Reason reason) {
        partner(city, it -> it.as(standing, reason));
    }

    private void partner(String city, UnaryOperator<Partner> change) {
        var before = partners.getOrDefault(city, new Partner(city, Standing.INVITED, null, null, null));
        partners = Copies.with(partners, city, change.apply(before));
    }

    /// What was submitted then is the plan from here on, with every city's commitment.
    private void restore(Integer submission) {
        if (submitted == null || !submitted.version().equals(submission)) return;
        Plan plan = submitted.plan();
        title = plan.title();
        themes = Award.listed(plan.themes());
        sdgs = Award.listed(plan.sdgs());
        startsOn = plan.startsOn();
        endsOn = plan.endsOn();
        milestones = Award.listed(plan.milestones());
        Map<String, Partner> committed = new LinkedHashMap<>();
        for (Part it : plan.parts())
            committed.put(
                    it.city(), new Partner(it.city(), Standing.COMMITTED, it.grant(), sum(it.contributions()), null));
        partners = committed;
    }

    /// What all contributions add up to; absent without any or when they are not in one currency.
    private static @Nullable Money sum(@Nullable List<Contribution> contributions) {
        var amounts =
                Award.listed(contributions).stream().map(Contribution::amount).toList();
        if (amounts.stream().map(Money::currency).distinct().count() != 1) return null;
        return amounts.stream().reduce(Money.zero(amounts.getFirst().currency()), Money::plus);
    }

    public State state() {
        return state;
    }

    /// When it came to its state.
    public Instant since() {
        return since;
    }

    public String call() {
        return call;
    }

    public String lead() {
        return lead;
    }

    public String title() {
        return title;
    }

    public List<String> themes() {
        return themes;
    }

    public List<Integer> sdgs() {
        return sdgs;
    }

    public @Nullable LocalDate startsOn() {
        return startsOn;
    }

    public @Nullable LocalDate endsOn() {
        return endsOn;
    }

    public List<Award.Milestone> milestones() {
        return milestones;
    }

    public Collection<Partner> partners() {
        return partners.values();
    }

    /// What each fund was asked for by the selection that stands; empty without one.
    public List<Award.Grant> grants() {
        return grants;
    }

    /// What was approved; absent before.
    public @Nullable Award award() {
        return award;
    }

    /// Until when it may be sent in again after it was returned.
    public @Nullable LocalDeadline returnedUntil() {
        return returnedUntil;
    }

    public List<Decision> decisions() {
        return decisions;
    }
}
