package koinon.funding.agreement;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import koinon.funding.agreement.Facts.Asked;
import koinon.funding.agreement.Facts.Scheme;
import koinon.funding.project.KnownProject;
import koinon.funding.project.KnownProjects;
import koinon.platform.document.Aggregates;
import koinon.platform.document.Known;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.EventType;
import koinon.platform.model.Heard;
import koinon.platform.model.Money;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Lets agreements hear what happens to their proposal and their project.
///
/// A selection says which agreements a project has, and that is kept in [KnownProject] before they hear of it; what
/// comes later reaches each of them, each under its own guard. A proposal and its project share an id and so a
/// partition: no event of a project is here before the selections that it follows from, and a project without a
/// selection that asked a fund has no agreements.
@Component
final class ProjectListener {

    private final Inbox inbox;
    private final Aggregates aggregates;
    private final Known known;
    private final KnownProjects projects;

    ProjectListener(Inbox inbox, Aggregates aggregates, Known known, KnownProjects projects) {
        this.inbox = inbox;
        this.aggregates = aggregates;
        this.known = known;
        this.projects = projects;
    }

    /// What agreements hear of proposals and projects.
    sealed interface Foreign {}

    /// @param grants what each fund is asked for
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
    record Approved(int selection, Award award) implements Foreign {}

    record Award(List<Milestone> milestones, List<Tranche> tranches) {

        Scheme scheme(int selection) {
            return new Scheme(
                    selection,
                    tranches.stream()
                            .map(it -> new Scheme.Share(it.id(), it.share(), it.waitsFor()))
                            .toList(),
                    milestones.stream()
                            .map(it -> new Scheme.Earning(it.id(), it.tranche(), it.weight()))
                            .toList());
        }
    }

    record Milestone(String id, String tranche, BigDecimal weight) {}

    record Tranche(String id, BigDecimal share, String waitsFor) {}

    @EventType("koinon.project.started.v1")
    record Started() implements Foreign {}

    @EventType("koinon.project.suspended.v1")
    record Suspended(String reason) implements Foreign {}

    @EventType("koinon.project.resumed.v1")
    record Resumed(String reason) implements Foreign {}

    @EventType("koinon.project.completed.v1")
    record Completed(String reason) implements Foreign {}

    @EventType("koinon.project.terminated.v1")
    record Terminated(String reason) implements Foreign {}

    @EventType("koinon.project.milestone-verified.v1")
    record MilestoneVerified(String milestone, BigDecimal achieved) implements Foreign {}

    @EventType("koinon.project.verification-withdrawn.v1")
    record VerificationWithdrawn(String milestone, String reason) implements Foreign {}

    @KafkaListener(topics = "koinon.projects", groupId = "funding.agreement.projects")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(record, Foreign.class, this::hear);
    }

    private void hear(Foreign event, Heard heard) {
        switch (event) {
            case Selected e -> selected(e, heard);
            case ReserveListed e -> tell(heard, it -> it.reserveListed(e.selection(), e.reason()));
            case Approved e -> tell(heard, it -> it.approved(e.award().scheme(e.selection())));
            case Started _ -> is(heard, KnownProject.State.ACTIVE, "The project started.");
            case Suspended e -> is(heard, KnownProject.State.SUSPENDED, e.reason());
            case Resumed e -> is(heard, KnownProject.State.ACTIVE, e.reason());
            case Completed e -> is(heard, KnownProject.State.COMPLETED, e.reason());
            case Terminated e -> is(heard, KnownProject.State.TERMINATED, e.reason());
            case MilestoneVerified e -> tell(heard, it -> it.verified(e.milestone(), e.achieved()));
            case VerificationWithdrawn e ->
                react(
                        agreements(heard),
                        heard,
                        (agreement, by) -> agreement.hearVerificationWithdrawn(e.milestone(), e.reason(), by));
        }
    }

    private void selected(Selected event, Heard heard) {
        String project = heard.id();
        if (event.grants().isEmpty()) return;
        Update update = new Update();
        event.grants().forEach(it -> update.set("agreements." + it.fund(), Agreement.idOf(project, it.fund())));
        known.set(KnownProject.class, project, heard, update);
        for (Grant it : event.grants()) {
            Asked asked = new Asked(
                    project, event.call(), it.fund(), event.selection(), it.amount(), it.beneficiary(), event.cities());
            react(
                    List.of(Agreement.idOf(project, it.fund())),
                    heard,
                    (agreement, by) -> agreement.hear(facts -> facts.selected(asked), by));
        }
    }

    private void is(Heard heard, KnownProject.State state, String reason) {
        tell(heard, it -> it.project(state, reason));
    }

    private void tell(Heard heard, Consumer<Facts> fact) {
        react(agreements(heard), heard, (agreement, by) -> agreement.hear(fact, by));
    }

    private Collection<String> agreements(Heard heard) {
        return projects.findById(heard.id()).map(KnownProject::agreements).orElse(List.of());
    }

    private void react(Collection<String> agreements, Heard heard, Aggregates.Reaction<Agreement> reaction) {
        agreements.forEach(id -> aggregates.react(Agreement.class, id, heard, () -> Agreement.expected(id), reaction));
    }
}
