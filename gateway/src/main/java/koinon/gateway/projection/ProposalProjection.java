package koinon.gateway.projection;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import koinon.eventing.redaction.FreeText;
import koinon.eventing.value.Money;
import koinon.gateway.audience.Reason;
import koinon.gateway.directory.LocalDeadline;
import koinon.gateway.projection.ProposalEvent.Approved;
import koinon.gateway.projection.ProposalEvent.CommitmentLapsed;
import koinon.gateway.projection.ProposalEvent.CommitmentWithdrawn;
import koinon.gateway.projection.ProposalEvent.Contribution;
import koinon.gateway.projection.ProposalEvent.Drafted;
import koinon.gateway.projection.ProposalEvent.FoundEligible;
import koinon.gateway.projection.ProposalEvent.FoundIneligible;
import koinon.gateway.projection.ProposalEvent.NotApproved;
import koinon.gateway.projection.ProposalEvent.Part;
import koinon.gateway.projection.ProposalEvent.PartnerAccepted;
import koinon.gateway.projection.ProposalEvent.PartnerCommitted;
import koinon.gateway.projection.ProposalEvent.PartnerDeclined;
import koinon.gateway.projection.ProposalEvent.PartnerInvited;
import koinon.gateway.projection.ProposalEvent.PartnerPartChanged;
import koinon.gateway.projection.ProposalEvent.PartnerRemoved;
import koinon.gateway.projection.ProposalEvent.PartnerSteppedBack;
import koinon.gateway.projection.ProposalEvent.Plan;
import koinon.gateway.projection.ProposalEvent.Reopened;
import koinon.gateway.projection.ProposalEvent.ReserveListed;
import koinon.gateway.projection.ProposalEvent.Returned;
import koinon.gateway.projection.ProposalEvent.Selected;
import koinon.gateway.projection.ProposalEvent.StepBackWithdrawn;
import koinon.gateway.projection.ProposalEvent.Submitted;
import koinon.gateway.projection.ProposalEvent.SummaryChanged;
import koinon.gateway.projection.ProposalEvent.Withdrawn;
import koinon.gateway.projection.ProposalEvent.WorkPlanChanged;
import koinon.gateway.topics.EventRecord;
import org.jspecify.annotations.Nullable;

/// The facts of one proposal that a status shows.
public final class ProposalProjection extends Projection<ProposalEvent> {

    /// A partner city of the proposal.
    ///
    /// @param isInPlan whether the city has a part in the plan
    /// @param reason why it declined, was removed or withdrew its commitment
    public record Partner(
            String city,
            boolean isInPlan,
            @Nullable Money grant,
            @Nullable Money coFinancing,
            @Nullable Reason reason) {

        private static Partner initial(String city) {
            return new Partner(city, true, null, null, null);
        }

        private Partner because(@Nullable Reason why) {
            return new Partner(city, isInPlan, grant, coFinancing, why);
        }

        private Partner bringing(@Nullable Money asked, @Nullable Money brought) {
            return new Partner(city, isInPlan, asked, brought, reason);
        }

        private Partner outside(@Nullable Reason why) {
            return new Partner(city, false, null, null, why);
        }
    }

    private String call = "";
    private String lead = "";

    @FreeText
    private String title = "";

    @FreeText
    private @Nullable String summary;

    private List<String> themes = List.of();
    private List<Integer> sdgs = List.of();
    private @Nullable LocalDate startsOn;
    private @Nullable LocalDate endsOn;
    private List<ApprovedPlan.Milestone> milestones = List.of();
    private @Nullable Submitted submitted;
    private Map<String, Partner> partners = Collections.emptyMap();
    private List<ApprovedPlan.Grant> grants = List.of();
    private @Nullable ApprovedPlan approvedPlan;
    private @Nullable LocalDeadline returnedUntil;

    public ProposalProjection() {}

    @Override
    protected void when(ProposalEvent event, EventRecord message) {
        switch (event) {
            case Drafted e -> {
                call = e.call();
                lead = e.lead();
                title = e.title();
                partners = ImmutableCollections.with(partners, lead, Partner.initial(lead));
            }
            case SummaryChanged e -> {
                title = e.title();
                summary = e.summary();
                themes = ApprovedPlan.listed(e.themes());
                sdgs = ApprovedPlan.listed(e.sdgs());
                startsOn = e.startsOn();
                endsOn = e.endsOn();
            }
            case WorkPlanChanged e -> milestones = ApprovedPlan.listed(e.milestones());
            case PartnerInvited e -> partner(e.city(), _ -> Partner.initial(e.city()));
            case PartnerAccepted e -> partner(e.city(), it -> it.because(null));
            case PartnerDeclined e -> partner(e.city(), it -> it.outside(message.reason(e.reason())));
            case PartnerRemoved e -> partner(e.city(), it -> it.outside(message.reason(e.reason())));
            case PartnerPartChanged e -> partner(e.city(), it -> it.bringing(e.grant(), sum(e.contributions())));
            case PartnerCommitted e -> partner(e.city(), it -> it.because(null));
            case CommitmentWithdrawn e -> partner(e.city(), it -> it.because(message.reason(e.reason())));
            case CommitmentLapsed e -> partner(e.city(), it -> it.because(message.reason(e.reason())));
            case PartnerSteppedBack e -> partner(e.city(), it -> it.because(message.reason(e.reason())));
            case StepBackWithdrawn e -> partner(e.city(), it -> it.because(null));
            case Submitted e -> submitted = e;
            case Reopened _ -> {}
            case Returned e -> {
                returnedUntil = e.until();
                decided(message, e.reason());
            }
            case FoundEligible e -> {
                restore(e.submission());
                decided(message, e.reason());
            }
            case FoundIneligible e -> {
                restore(e.submission());
                decided(message, e.reason());
            }
            case Selected e -> {
                grants = ApprovedPlan.listed(e.grants());
                decided(message, e.reason());
            }
            case ReserveListed e -> {
                grants = List.of();
                decided(message, e.reason());
            }
            case Approved e -> {
                approvedPlan = e.award();
                decided(message, null);
            }
            case NotApproved e -> decided(message, e.reason());
            case Withdrawn e -> decided(message, e.reason());
        }
    }

    private void partner(String city, UnaryOperator<Partner> change) {
        var before = partners.getOrDefault(city, Partner.initial(city));
        partners = ImmutableCollections.with(partners, city, change.apply(before));
    }

    /// Restores the plan of an earlier submission, with the commitment of every city.
    private void restore(Integer submission) {
        if (submitted == null || !submitted.version().equals(submission)) return;
        Plan plan = submitted.plan();
        title = plan.title();
        summary = plan.summary();
        themes = ApprovedPlan.listed(plan.themes());
        sdgs = ApprovedPlan.listed(plan.sdgs());
        startsOn = plan.startsOn();
        endsOn = plan.endsOn();
        milestones = ApprovedPlan.listed(plan.milestones());
        Map<String, Partner> committed = new LinkedHashMap<>();
        for (Part it : plan.parts())
            committed.put(it.city(), new Partner(it.city(), true, it.grant(), sum(it.contributions()), null));
        partners = committed;
    }

    /// The sum of all contributions; absent if there are none or if their currencies differ.
    private static @Nullable Money sum(@Nullable List<Contribution> contributions) {
        var amounts = ApprovedPlan.listed(contributions).stream()
                .map(Contribution::amount)
                .toList();
        if (amounts.stream().map(Money::currency).distinct().count() != 1) return null;
        return amounts.stream().reduce(Money.zero(amounts.getFirst().currency()), Money::plus);
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

    /// What the cities want to do, in their words; absent until they wrote it.
    ///
    /// @param approved whether the project is approved: then as it was submitted last
    public @Nullable String summary(boolean approved) {
        return approved && submitted != null ? submitted.plan().summary() : summary;
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

    public List<ApprovedPlan.Milestone> milestones() {
        return milestones;
    }

    public Collection<Partner> partners() {
        return partners.values();
    }

    /// The amounts that the current selection requests from each fund; empty if there is no selection.
    public List<ApprovedPlan.Grant> grants() {
        return grants;
    }

    /// The approved plan; absent before the approval.
    public @Nullable ApprovedPlan approvedPlan() {
        return approvedPlan;
    }

    /// The deadline to submit the proposal again after it was returned.
    public @Nullable LocalDeadline returnedUntil() {
        return returnedUntil;
    }

    @Override
    public List<PartnerAmounts> amountsOfPartners() {
        return partners.values().stream()
                .filter(Partner::isInPlan)
                .map(it -> new PartnerAmounts(it.city(), it.grant(), it.coFinancing()))
                .toList();
    }

    @Override
    protected String projectOf(String id) {
        return id;
    }
}
