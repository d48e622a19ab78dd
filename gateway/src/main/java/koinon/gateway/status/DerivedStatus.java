package koinon.gateway.status;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.value.Money;
import koinon.gateway.directory.Directory;
import koinon.gateway.directory.KnownCall;
import koinon.gateway.directory.KnownFund;
import koinon.gateway.lifecycle.LifecycleState;
import koinon.gateway.projection.AgreementProjection;
import koinon.gateway.projection.ApprovedPlan;
import koinon.gateway.projection.ProjectFacts;
import koinon.gateway.projection.ProjectProjection;
import koinon.gateway.projection.Projection;
import koinon.gateway.projection.ProposalProjection;
import org.jspecify.annotations.Nullable;

/// A status, derived from the facts of a project, the names in the directory and the clock only.
///
/// @param from the moment since which the clock has not changed it; [Instant#MIN] if it never has
/// @param until the moment at which the clock changes it next; [Instant#MAX] if never
record DerivedStatus(Status status, Instant from, Instant until) {

    /// The sums of an agreement, in the order of [Status.Sums].
    private static final List<String> SUMS = List.of("reserved", "committed", "payable", "paid");

    private static final Set<String> PUBLIC_SUMS = Set.of("committed", "paid");

    /// @return absent before the first event of proposal and project
    static @Nullable DerivedStatus of(ProjectFacts facts, Directory directory, Instant now) {
        ProposalProjection proposal = facts.proposal();
        ProjectProjection project = facts.project();
        if (proposal == null && project == null) return null;
        var watch = new Deadlines.Watch(now);
        @Nullable ApprovedPlan approvedPlan = facts.approvedPlan();
        String call = approvedPlan != null ? approvedPlan.call() : proposal == null ? "" : proposal.call();
        String lead = approvedPlan != null ? approvedPlan.lead() : proposal == null ? "" : proposal.lead();
        KnownCall known = directory.call(call);
        LifecycleState lifecycle =
                project != null ? facts.shown(project) : proposal == null ? LifecycleState.NONE : facts.shown(proposal);
        var actions = new NextActions(facts.lifecycles(), directory, watch);
        var ofNetwork = new NextActions(facts.networkLifecycles(), directory, watch);
        var shown = new NextActions(facts.shownLifecycles(), directory, watch);
        var deadlines = new Deadlines(facts, known, directory, shown, watch);
        var phase = shown.counted((project != null ? "project/" : "proposal/") + facts.id(), lifecycle);
        List<Status.Grant> grants = approvedPlan == null
                ? List.of()
                : approvedPlan.grants().stream()
                        .map(it -> new Status.Grant(fund(it.fund(), directory), it.amount()))
                        .toList();
        var status = new Status(
                facts.id(),
                // Lists are sorted by the title, so it must not be null.
                Objects.requireNonNull(
                        approvedPlan != null ? approvedPlan.title() : proposal == null ? "" : proposal.title()),
                proposal == null ? null : proposal.summary(approvedPlan != null),
                call.isEmpty() ? null : new Status.Call(call, known.title()),
                phase.state(),
                phase.since(),
                facts.updated(),
                directory.city(lead),
                partners(facts, directory),
                approvedPlan != null
                        ? ApprovedPlan.listed(approvedPlan.themes())
                        : proposal == null ? List.of() : proposal.themes(),
                approvedPlan != null
                        ? ApprovedPlan.listed(approvedPlan.sdgs())
                        : proposal == null ? List.of() : proposal.sdgs(),
                approvedPlan != null ? approvedPlan.startsOn() : proposal == null ? null : proposal.startsOn(),
                approvedPlan != null ? approvedPlan.endsOn() : proposal == null ? null : proposal.endsOn(),
                facts.milestones().stream()
                        .map(it -> Status.Milestone.of(it, project, lifecycle))
                        .toList(),
                progress(facts),
                sums(facts),
                grants,
                Status.Named.funders(grants.stream().map(Status.Grant::fund)),
                facts.agreements().values().stream()
                        .map(it -> agreement(it, actions, directory))
                        .toList(),
                deadlines.next(),
                actions.possible(),
                ofNetwork.possible(),
                deadlines.health(),
                Stream.concat(
                                proposal == null ? Stream.<Projection.Decision>empty() : proposal.decisions().stream(),
                                project == null ? Stream.<Projection.Decision>empty() : project.decisions().stream())
                        .map(it -> new Status.Decided(it.type(), it.at(), it.mandate(), it.reason()))
                        .toList());
        return new DerivedStatus(status, watch.last(), watch.next());
    }

    private static List<Status.Partner> partners(ProjectFacts facts, Directory directory) {
        @Nullable ApprovedPlan approvedPlan = facts.approvedPlan();
        ProjectProjection project = facts.project();
        if (approvedPlan == null)
            return facts.proposal() == null
                    ? List.of()
                    : facts.proposal().partners().stream()
                            .map(it -> new Status.Partner(
                                    directory.city(it.city()),
                                    facts.proposal().lifecycle().part("partner/" + it.city()),
                                    it.grant(),
                                    it.coFinancing(),
                                    it.reason()))
                            .toList();
        return approvedPlan.partners().stream()
                .map(it -> new Status.Partner(
                        directory.city(it.city()),
                        project == null ? null : facts.shown(project).part("partnership/" + it.city()),
                        it.grant(),
                        it.coFinancing(),
                        null))
                .toList();
    }

    /// The fraction of the planned work that is verified; the weight of a milestone is the share of money that
    /// depends on it.
    private static BigDecimal progress(ProjectFacts facts) {
        ProjectProjection project = facts.project();
        ApprovedPlan approvedPlan = facts.approvedPlan();
        if (project == null || approvedPlan == null) return ZERO;
        Map<String, BigDecimal> shares = approvedPlan.tranches().stream()
                .collect(Collectors.toMap(ApprovedPlan.Tranche::id, ApprovedPlan.Tranche::share, (a, _) -> a));
        Map<String, Integer> sums = facts.milestones().stream()
                .collect(Collectors.groupingBy(
                        it -> String.valueOf(it.tranche()), Collectors.summingInt(ApprovedPlan.Milestone::weight)));
        // What earns no tranche counts only where nothing does.
        BigDecimal ofOthers = facts.milestones().stream().anyMatch(it -> it.tranche() != null) ? ZERO : ONE;
        BigDecimal whole = ZERO;
        BigDecimal done = ZERO;
        for (ApprovedPlan.Milestone it : facts.milestones()) {
            BigDecimal share = it.tranche() == null ? ofOthers : shares.getOrDefault(it.tranche(), ONE);
            BigDecimal weight = share.multiply(BigDecimal.valueOf(it.weight()))
                    .divide(
                            BigDecimal.valueOf(sums.getOrDefault(String.valueOf(it.tranche()), 1)),
                            MathContext.DECIMAL64);
            whole = whole.add(weight);
            @Nullable BigDecimal achieved = project.milestone(it.id()).achieved();
            if (achieved != null) done = done.add(weight.multiply(achieved));
        }
        return whole.signum() == 0 ? ZERO : done.divide(whole, 4, RoundingMode.DOWN);
    }

    private static List<Status.Sums> sums(ProjectFacts facts) {
        Map<String, Status.Sums> sums = new TreeMap<>();
        for (Money it : asked(facts)) add(sums, it, 0);
        for (AgreementProjection it : facts.agreements().values()) {
            for (int i = 0; i < SUMS.size(); i++) {
                String name = SUMS.get(i);
                LifecycleState of = PUBLIC_SUMS.contains(name) ? facts.shown(it) : it.lifecycle();
                @Nullable Money sum = of.sums().get(name);
                if (sum != null) add(sums, sum, i + 1);
            }
        }
        return List.copyOf(sums.values());
    }

    private static List<Money> asked(ProjectFacts facts) {
        @Nullable ApprovedPlan approvedPlan = facts.approvedPlan();
        if (approvedPlan != null)
            return approvedPlan.partners().stream()
                    .map(ApprovedPlan.Partner::grant)
                    .toList();
        var asked = new ArrayList<Money>();
        if (facts.proposal() != null)
            for (ProposalProjection.Partner it : facts.proposal().partners()) {
                if (it.grant() != null) asked.add(it.grant());
            }
        return asked;
    }

    private static void add(Map<String, Status.Sums> sums, Money amount, int to) {
        Money none = Money.zero(amount.currency());
        sums.merge(
                amount.currency(),
                new Status.Sums(
                        amount.currency(),
                        to == 0 ? amount : none,
                        to == 1 ? amount : none,
                        to == 2 ? amount : none,
                        to == 3 ? amount : none,
                        to == 4 ? amount : none),
                (a, b) -> new Status.Sums(
                        a.currency(),
                        plus(a.requested(), b.requested()),
                        plus(a.reserved(), b.reserved()),
                        a.committed().plus(b.committed()),
                        plus(a.payable(), b.payable()),
                        a.paid().plus(b.paid())));
    }

    private static @Nullable Money plus(@Nullable Money a, @Nullable Money b) {
        return a == null ? b : b == null ? a : a.plus(b);
    }

    private static Status.Fund fund(String id, Directory directory) {
        KnownFund fund = directory.fund(id);
        return new Status.Fund(
                fund.id(), fund.name(), fund.funder(), fund.funder() == null ? null : directory.funder(fund.funder()));
    }

    private static Status.Agreement agreement(AgreementProjection it, NextActions actions, Directory directory) {
        return new Status.Agreement(
                it.id(),
                fund(it.fund(), directory),
                it.lifecycle().state(),
                it.amount(),
                it.beneficiary().isEmpty() ? null : it.beneficiary(),
                it.reason(),
                it.tranches().stream()
                        .map(tranche -> tranche(tranche, it, actions))
                        .toList());
    }

    private static Status.Tranche tranche(
            AgreementProjection.Tranche it, AgreementProjection agreement, NextActions actions) {
        String part = "tranche/" + it.id();
        return new Status.Tranche(
                it.id(),
                it.waitsFor(),
                agreement.lifecycle().part(part),
                it.planned(),
                it.payable(),
                actions.unmetConditions("agreement/" + agreement.id(), part),
                it.unfounded() == null ? it.reason() : it.unfounded());
    }
}
