package koinon.gateway.status;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.gateway.directory.Directory;
import koinon.gateway.directory.KnownCall;
import koinon.gateway.directory.KnownFund;
import koinon.gateway.part.AgreementPart;
import koinon.gateway.part.Award;
import koinon.gateway.part.Decision;
import koinon.gateway.part.Parts;
import koinon.gateway.part.ProjectPart;
import koinon.gateway.part.ProposalPart;
import koinon.platform.model.Money;
import org.jspecify.annotations.Nullable;

/// What follows from the parts of a project, the names in the directory and the clock, and from nothing else.
///
/// @param from the moment since which the clock has not changed it; [Instant#MIN] if it never has
/// @param until the moment at which the status next changes by the clock alone; [Instant#MAX] if never
record Derivation(Status status, Instant from, Instant until) {

    /// @return absent while neither proposal nor project has been heard of
    static @Nullable Derivation of(Parts parts, Directory directory, Instant now) {
        ProposalPart proposal = parts.proposal();
        ProjectPart project = parts.project();
        if (proposal == null && project == null) return null;
        var watch = new Deadlines.Watch(now);
        @Nullable Award award = parts.award();
        String call = award != null ? award.call() : proposal == null ? "" : proposal.call();
        String lead = award != null ? award.lead() : proposal == null ? "" : proposal.lead();
        KnownCall known = directory.call(call);
        var deadlines = new Deadlines(parts, known, watch);
        var status = new Status(
                parts.id(),
                // Lists stand in its order.
                Objects.requireNonNull(award != null ? award.title() : proposal == null ? "" : proposal.title()),
                call.isEmpty() ? null : new Status.Call(call, known.title()),
                project != null
                        ? project.state().name()
                        : proposal == null ? "" : proposal.state().name(),
                project != null ? project.since() : proposal == null ? Instant.EPOCH : proposal.since(),
                parts.updated(),
                directory.city(lead),
                partners(parts, directory),
                award != null ? Award.listed(award.themes()) : proposal == null ? List.of() : proposal.themes(),
                award != null ? Award.listed(award.sdgs()) : proposal == null ? List.of() : proposal.sdgs(),
                award != null ? award.startsOn() : proposal == null ? null : proposal.startsOn(),
                award != null ? award.endsOn() : proposal == null ? null : proposal.endsOn(),
                parts.milestones().stream()
                        .map(it -> Status.Milestone.of(it, project))
                        .toList(),
                progress(parts),
                sums(parts),
                award == null
                        ? List.of()
                        : award.grants().stream()
                                .map(it -> new Status.Grant(fund(it.fund(), directory), it.amount()))
                                .toList(),
                parts.agreements().values().stream()
                        .map(it -> agreement(it, parts, directory))
                        .toList(),
                deadlines.next(),
                new Turns(parts, directory, deadlines).all(),
                deadlines.health(),
                Stream.concat(
                                proposal == null ? Stream.<Decision>empty() : proposal.decisions().stream(),
                                project == null ? Stream.<Decision>empty() : project.decisions().stream())
                        .map(it -> new Status.Decided(it.type(), it.at(), it.mandate(), it.reason()))
                        .toList());
        return new Derivation(status, watch.last(), watch.next());
    }

    private static List<Status.Partner> partners(Parts parts, Directory directory) {
        @Nullable Award award = parts.award();
        ProjectPart project = parts.project();
        if (award == null)
            return parts.proposal() == null
                    ? List.of()
                    : parts.proposal().partners().stream()
                            .map(it -> new Status.Partner(
                                    directory.city(it.city()),
                                    it.standing().name(),
                                    it.grant(),
                                    it.coFinancing(),
                                    it.reason()))
                            .toList();
        return award.partners().stream()
                .map(it -> new Status.Partner(
                        directory.city(it.city()),
                        project != null && project.isSignedBy(it.city()) ? "SIGNED" : "COMMITTED",
                        it.grant(),
                        it.coFinancing(),
                        null))
                .toList();
    }

    /// What is verified of what was planned, each milestone as heavy as the money that hangs on it.
    private static BigDecimal progress(Parts parts) {
        ProjectPart project = parts.project();
        Award award = parts.award();
        if (project == null || award == null) return ZERO;
        Map<String, BigDecimal> shares = award.tranches().stream()
                .collect(Collectors.toMap(Award.Tranche::id, Award.Tranche::share, (a, _) -> a));
        BigDecimal whole = ZERO;
        BigDecimal done = ZERO;
        for (Award.Milestone it : parts.milestones()) {
            BigDecimal share = it.tranche() == null ? ONE : shares.getOrDefault(it.tranche(), ONE);
            BigDecimal weight = share.multiply(it.weight());
            whole = whole.add(weight);
            @Nullable BigDecimal achieved = project.milestone(it.id()).achieved();
            if (achieved != null) done = done.add(weight.multiply(achieved));
        }
        if (whole.signum() > 0) return done.divide(whole, 4, RoundingMode.DOWN);
        boolean finished =
                project.state() == ProjectPart.State.COMPLETED || project.state() == ProjectPart.State.CLOSED;
        return finished
                        && project.decisions().stream()
                                .noneMatch(it -> it.type().contains("terminated"))
                ? ONE
                : ZERO;
    }

    private static List<Status.Sums> sums(Parts parts) {
        Map<String, Status.Sums> sums = new TreeMap<>();
        for (Money it : asked(parts)) add(sums, it, 0);
        for (AgreementPart it : parts.agreements().values()) {
            AgreementPart.@Nullable Sums of = it.sums();
            if (of == null) continue;
            add(sums, of.reserved(), 1);
            add(sums, of.committed(), 2);
            add(sums, of.payable(), 3);
            add(sums, of.paid(), 4);
        }
        return List.copyOf(sums.values());
    }

    private static List<Money> asked(Parts parts) {
        @Nullable Award award = parts.award();
        if (award != null)
            return award.partners().stream().map(Award.Partner::grant).toList();
        var asked = new ArrayList<Money>();
        if (parts.proposal() != null)
            for (ProposalPart.Partner it : parts.proposal().partners()) {
                if (it.standing().takesPart() && it.grant() != null) asked.add(it.grant());
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

    private static Status.Agreement agreement(AgreementPart it, Parts parts, Directory directory) {
        return new Status.Agreement(
                it.id(),
                fund(it.fund(), directory),
                it.state().name(),
                it.amount(),
                it.beneficiary().isEmpty() ? null : it.beneficiary(),
                it.reason(),
                it.tranches().stream()
                        .map(tranche -> tranche(tranche, it, parts))
                        .toList());
    }

    private static Status.Tranche tranche(AgreementPart.Tranche it, AgreementPart agreement, Parts parts) {
        return new Status.Tranche(
                it.id(),
                it.waitsFor(),
                isHeld(it, agreement) ? "HELD" : it.step().name(),
                it.planned(),
                it.payable(),
                it.step() == AgreementPart.Step.PLANNED ? lacks(it, agreement, parts) : List.of(),
                it.unfounded() == null ? it.reason() : it.unfounded());
    }

    /// Nothing that is not sent moves while the agreement is suspended.
    static boolean isHeld(AgreementPart.Tranche tranche, AgreementPart agreement) {
        if (agreement.state() != AgreementPart.State.SUSPENDED) return false;
        return switch (tranche.step()) {
            case PLANNED, PAYABLE, REQUESTED, AUTHORISED -> true;
            case SENT, PAID, FAILED, BOUNCED, CANCELLED -> false;
        };
    }

    private static List<String> lacks(AgreementPart.Tranche tranche, AgreementPart agreement, Parts parts) {
        var lacks = new ArrayList<String>();
        ProjectPart project = parts.project();
        if (agreement.state() != AgreementPart.State.IN_FORCE) lacks.add("The agreement is not in force.");
        boolean completed = project != null && project.state() == ProjectPart.State.COMPLETED;
        boolean active = project != null && project.state() == ProjectPart.State.ACTIVE;
        if (!active && !completed) lacks.add("The project is not active.");
        if (tranche.waitsFor().equals("completion") && !completed) lacks.add("The project is not completed.");
        for (String id : tranche.milestones()) {
            if (project != null && project.milestone(id).step() == ProjectPart.Step.VERIFIED) continue;
            String title = parts.milestones().stream()
                    .filter(it -> it.id().equals(id))
                    .map(Award.Milestone::title)
                    .findFirst()
                    .orElse(id);
            lacks.add("Milestone \"" + title + "\" is not verified.");
        }
        return lacks;
    }
}
