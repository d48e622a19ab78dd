package koinon.projects.project;

import koinon.eventing.document.Aggregates;
import koinon.eventing.inbox.Inbox;
import koinon.eventing.model.EventType;
import koinon.projects.project.agreement.KnownAgreement;
import koinon.projects.project.agreement.KnownAgreement.State;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Tells a project the state of its funding agreements. If the project is not approved yet, a placeholder stores
/// it.
@Component
final class ProjectAgreementListener {

    private final Inbox inbox;
    private final Aggregates aggregates;

    ProjectAgreementListener(Inbox inbox, Aggregates aggregates) {
        this.inbox = inbox;
        this.aggregates = aggregates;
    }

    @KafkaListener(topics = "koinon.funding", groupId = "projects.project.funding")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(
                record,
                Foreign.class,
                (event, envelope) -> aggregates.react(
                        Project.class,
                        event.project(),
                        envelope,
                        () -> Project.placeholder(event.project()),
                        (project, by) -> {
                            switch (event) {
                                case OfTranche it ->
                                    project.trancheSent(envelope.id(), it.tranche(), it instanceof TrancheSent);
                                case OfAgreement it -> project.agreementChanged(envelope.id(), it.known(), by);
                            }
                        }));
    }

    /// The agreement events that projects react to.
    sealed interface Foreign {

        String project();

        String fund();
    }

    /// A tranche was sent to the bank, or came back from it.
    sealed interface OfTranche extends Foreign {

        String tranche();
    }

    @EventType("koinon.agreement.tranche-sent.v1")
    record TrancheSent(String project, String fund, String tranche) implements OfTranche {}

    @EventType("koinon.agreement.tranche-failed.v1")
    record TrancheFailed(String project, String fund, String tranche) implements OfTranche {}

    @EventType("koinon.agreement.tranche-bounced.v1")
    record TrancheBounced(String project, String fund, String tranche) implements OfTranche {}

    /// The agreement has reached another state.
    sealed interface OfAgreement extends Foreign {

        /// Id of the funder, where the event names it.
        default @Nullable String funder() {
            return null;
        }

        /// The agreement's state after this event.
        default KnownAgreement known() {
            return KnownAgreement.of(
                    fund(),
                    funder(),
                    switch (this) {
                        case Requested _ -> State.REQUESTED;
                        case Reserved _ -> State.RESERVED;
                        case Refused _ -> State.REFUSED;
                        case Released _ -> State.RELEASED;
                        case Offered _ -> State.OFFERED;
                        case Declined _ -> State.DECLINED;
                        case Signed _ -> State.SIGNED;
                        case InForce _, Resumed _ -> State.IN_FORCE;
                        case Suspended _ -> State.SUSPENDED;
                        case Terminated _ -> State.TERMINATED;
                        case Closed _ -> State.CLOSED;
                    });
        }

        @EventType("koinon.agreement.requested.v1")
        record Requested(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.reserved.v1")
        record Reserved(String project, String fund, String funder) implements OfAgreement {}

        @EventType("koinon.agreement.refused.v1")
        record Refused(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.released.v1")
        record Released(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.offered.v1")
        record Offered(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.declined.v1")
        record Declined(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.signed.v1")
        record Signed(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.in-force.v1")
        record InForce(String project, String fund, String funder) implements OfAgreement {}

        @EventType("koinon.agreement.suspended.v1")
        record Suspended(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.resumed.v1")
        record Resumed(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.terminated.v1")
        record Terminated(String project, String fund) implements OfAgreement {}

        @EventType("koinon.agreement.closed.v1")
        record Closed(String project, String fund) implements OfAgreement {}
    }
}
