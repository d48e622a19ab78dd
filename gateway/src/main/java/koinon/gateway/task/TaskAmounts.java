package koinon.gateway.task;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import koinon.eventing.value.Money;
import koinon.gateway.audience.Contracts;
import koinon.gateway.audience.Reader;
import koinon.gateway.status.IndexEntry;
import koinon.gateway.status.Status;
import org.jspecify.annotations.Nullable;

/// The money that depends on an action of a project, as far as a reader may see it.
///
/// @param status the complete status
record TaskAmounts(Status status, IndexEntry entry, Reader reader, Contracts contracts) {

    private static final String AGREEMENTS = "koinon.agreement.requested.v1";
    private static final String AGREEMENT_AMOUNT = "koinon.agreement.requested.v1#/amount";
    private static final String ASKED = "koinon.proposal.partner-part-changed.v1#/grant";
    private static final String GRANTED = "koinon.project.created.v1#/award/partners/*/grant";

    /// One item per currency; empty where nothing depends on it, or nothing that the reader may see.
    List<Money> of(Status.Action action) {
        String[] subject = String.valueOf(action.subject()).split("/", 2);
        return switch (subject[0]) {
            case "milestone" -> ofMilestone(subject[1]);
            case "tranche" -> ofTranche(action.of(), subject[1]);
            case "partner", "partnership" -> ofCity(subject[1]);
            default -> action.of().startsWith("agreement/") ? ofAgreement(action.of()) : requested();
        };
    }

    /// What the milestone earns of its tranche: its share by weight.
    private List<Money> ofMilestone(String id) {
        Status.@Nullable Milestone milestone = status.milestones().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElse(null);
        if (milestone == null || milestone.tranche() == null) return List.of();
        int weights = status.milestones().stream()
                .filter(it -> milestone.tranche().equals(it.tranche()))
                .mapToInt(Status.Milestone::weight)
                .sum();
        return sum(agreements()
                .flatMap(it -> it.tranches().stream())
                .filter(it -> it.id().equals(milestone.tranche()))
                .flatMap(it -> Stream.ofNullable(it.planned()))
                .map(it -> share(it, milestone.weight(), weights)));
    }

    private static Money share(Money whole, int weight, int weights) {
        BigDecimal part = whole.amount()
                .multiply(BigDecimal.valueOf(weight))
                .divide(BigDecimal.valueOf(weights), whole.amount().scale(), RoundingMode.DOWN);
        return new Money(part, whole.currency());
    }

    private List<Money> ofTranche(String agreement, String id) {
        return sum(agreements()
                .filter(it -> agreement.equals("agreement/" + it.id()))
                .flatMap(it -> it.tranches().stream())
                .filter(it -> it.id().equals(id))
                .flatMap(it -> Stream.ofNullable(it.payable() == null ? it.planned() : it.payable())));
    }

    private List<Money> ofAgreement(String agreement) {
        return sum(agreements()
                .filter(it -> agreement.equals("agreement/" + it.id()))
                .filter(it -> contracts.shows(AGREEMENT_AMOUNT, reader, entry.isApproved(), it.owner()))
                .flatMap(it -> Stream.ofNullable(it.amount())));
    }

    private List<Money> ofCity(String city) {
        return sum(status.partners().stream()
                .filter(it -> it.city().id().equals(city))
                .filter(it ->
                        contracts.shows(entry.isApproved() ? GRANTED : ASKED, reader, entry.isApproved(), it.owner()))
                .flatMap(it -> Stream.ofNullable(it.grant())));
    }

    private List<Money> requested() {
        return sum(entry.money(reader, contracts).stream().flatMap(it -> Stream.ofNullable(it.requested())));
    }

    private Stream<Status.Agreement> agreements() {
        return status.agreements() != null && contracts.shows(AGREEMENTS, reader, entry.isApproved(), null)
                ? status.agreements().stream()
                : Stream.of();
    }

    private static List<Money> sum(Stream<Money> amounts) {
        Map<String, Money> sums = new TreeMap<>();
        amounts.forEach(it -> sums.merge(it.currency(), it, Money::plus));
        return List.copyOf(sums.values());
    }
}
