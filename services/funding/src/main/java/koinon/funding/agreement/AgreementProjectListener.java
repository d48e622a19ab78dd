package koinon.funding.agreement;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import koinon.eventing.document.Aggregates;
import koinon.eventing.document.ReplicaWriter;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.DomainEvent;
import koinon.eventing.model.EventEnvelope;
import koinon.eventing.model.EventType;
import koinon.eventing.value.Money;
import koinon.funding.agreement.AgreementFacts.FundRequest;
import koinon.funding.agreement.payment.Scheme;
import koinon.funding.project.KnownProject;
import koinon.funding.project.KnownProjects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tells agreements about events of their proposal and their project.
///
/// A selection defines which agreements a project has. [KnownProject] stores them before the agreements themselves
/// react, and later events are delivered to each of them, each guarded by its own sequence. A proposal and its
/// project share an id and therefore a partition, so every event of a project arrives after the selections that it
/// follows from. A project without a selection that asked a fund has no agreements.
@Component
final class AgreementProjectListener {

    private final Inbox inbox;
    private final Aggregates aggregates;
    private final ReplicaWriter known;
    private final KnownProjects projects;

    AgreementProjectListener(Inbox inbox, Aggregates aggregates, ReplicaWriter known, KnownProjects projects) {
        this.inbox = inbox;
        this.aggregates = aggregates;
        this.known = known;
        this.projects = projects;
    }

    /// The proposal and project events that agreements react to.
    sealed interface Foreign {}

    /// @param grants the amount requested from each fund
    @EventType("koinon.proposal.selected.v1")
    record Selected(int selection, String call, List<Partner> partners, List<Grant> grants) implements Foreign {

        List<String> cities() {
            return partners.stream().map(Partner::city).toList();
        }
    }

    record Partner(String city) {}

    record Grant(String fund, Money amount, String beneficiary) {}

    @EventType("koinon.proposal.reserve-listed.v1")
    record ReserveListed(int selection, String reason) implements Foreign {}

    @EventType("koinon.proposal.approved.v1")
    record Approved(int selection, ApprovedPlan award) implements Foreign {}

    record ApprovedPlan(List<Milestone> milestones, List<Tranche> tranches) {

        Scheme scheme(int selection) {
            return new Scheme(
                    selection,
                    tranches.stream()
                            .map(it -> new Scheme.Share(it.id(), it.share(), it.waitsFor()))
                            .toList(),
                    milestones.stream()
                            .map(it -> new Scheme.TrancheMilestone(it.id(), it.tranche(), it.weight()))
                            .toList());
        }
    }

    record Milestone(String id, String tranche, Integer weight) {}

    record Tranche(String id, BigDecimal share, String waitsFor) {}

    @EventType("koinon.project.started.v1")
    record Started() implements Foreign {}

    @EventType("koinon.project.suspended.v1")
    record Suspended(String reason) implements Foreign {}

    @EventType("koinon.project.resumed.v1")
    record Resumed(String reason) implements Foreign {}

    @EventType("koinon.project.completed.v1")
    record Completed(String reason) implements Foreign {}

    @EventType("koinon.project.completion-reversed.v1")
    record CompletionReversed(String reason) implements Foreign {}

    @EventType("koinon.project.terminated.v1")
    record Terminated(String reason) implements Foreign {}

    @EventType("koinon.project.milestone-verified.v1")
    record MilestoneVerified(String milestone, BigDecimal achieved) implements Foreign {}

    @EventType("koinon.project.verification-withdrawn.v1")
    record VerificationWithdrawn(String milestone, String reason) implements Foreign {}

    @EventType("koinon.proposal.text-redacted.v1")
    record ProposalTextRedacted(String digest, String reason) implements Foreign, DomainEvent.TextRedacted {}

    @EventType("koinon.project.text-redacted.v1")
    record ProjectTextRedacted(String digest, String reason) implements Foreign, DomainEvent.TextRedacted {}

    @KafkaListener(topics = "koinon.projects", groupId = "funding.agreement.projects")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::on);
    }

    private void on(Foreign event, EventEnvelope envelope) {
        switch (event) {
            case Selected e -> selected(e, envelope);
            case ReserveListed e -> record(envelope, it -> it.reserveListed(e.selection(), e.reason()));
            case Approved e -> record(envelope, it -> it.approved(e.award().scheme(e.selection())));
            case Started _ -> projectIs(envelope, KnownProject.State.ACTIVE, "The project started.");
            case Suspended e -> projectIs(envelope, KnownProject.State.SUSPENDED, e.reason());
            case Resumed e -> projectIs(envelope, KnownProject.State.ACTIVE, e.reason());
            case Completed e -> projectIs(envelope, KnownProject.State.COMPLETED, e.reason());
            case CompletionReversed e ->
                react(
                        agreements(envelope),
                        envelope,
                        (agreement, by) -> agreement.onCompletionReversed(e.reason(), by));
            case Terminated e -> projectIs(envelope, KnownProject.State.TERMINATED, e.reason());
            case MilestoneVerified e -> record(envelope, it -> it.verified(e.milestone(), e.achieved()));
            case ProposalTextRedacted e -> react(agreements(envelope), envelope, (it, by) -> it.follow(e, by));
            case ProjectTextRedacted e -> react(agreements(envelope), envelope, (it, by) -> it.follow(e, by));
            case VerificationWithdrawn e ->
                react(
                        agreements(envelope),
                        envelope,
                        (agreement, by) -> agreement.onVerificationWithdrawn(e.milestone(), e.reason(), by));
        }
    }

    private void selected(Selected event, EventEnvelope envelope) {
        String project = envelope.id();
        if (event.grants().isEmpty()) return;
        Update update = new Update();
        event.grants().forEach(it -> update.set("agreements." + it.fund(), Agreement.idOf(project, it.fund())));
        known.set(KnownProject.class, project, envelope, update);
        for (Grant it : event.grants()) {
            FundRequest asked = new FundRequest(
                    project, event.call(), it.fund(), event.selection(), it.amount(), it.beneficiary(), event.cities());
            react(
                    List.of(Agreement.idOf(project, it.fund())),
                    envelope,
                    (agreement, by) -> agreement.on(facts -> facts.selected(asked), by));
        }
    }

    private void projectIs(EventEnvelope envelope, KnownProject.State state, String reason) {
        record(envelope, it -> it.project(state, reason));
    }

    private void record(EventEnvelope envelope, Consumer<AgreementFacts> fact) {
        react(agreements(envelope), envelope, (agreement, by) -> agreement.on(fact, by));
    }

    private Collection<String> agreements(EventEnvelope envelope) {
        return projects.findById(envelope.id()).map(KnownProject::agreements).orElse(List.of());
    }

    private void react(Collection<String> agreements, EventEnvelope envelope, Aggregates.Reaction<Agreement> reaction) {
        agreements.forEach(
                id -> aggregates.react(Agreement.class, id, envelope, () -> Agreement.placeholder(id), reaction));
    }
}
