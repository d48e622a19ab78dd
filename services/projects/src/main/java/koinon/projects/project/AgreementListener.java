package koinon.projects.project;

import koinon.platform.document.Aggregates;
import koinon.platform.inbox.Inbox;
import koinon.platform.model.EventType;
import koinon.projects.project.KnownAgreement.Standing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Hears where the funding agreements of a project stand. What comes before the approval waits in the project's
/// document.
@Component
final class AgreementListener {

    private final Inbox inbox;
    private final Aggregates aggregates;

    AgreementListener(Inbox inbox, Aggregates aggregates) {
        this.inbox = inbox;
        this.aggregates = aggregates;
    }

    @KafkaListener(topics = "koinon.funding", groupId = "projects.project.funding")
    void on(ConsumerRecord<String, byte[]> record) {
        inbox.read(
                record,
                Foreign.class,
                (event, heard) -> aggregates.react(
                        Project.class,
                        event.project(),
                        heard,
                        () -> Project.awaited(event.project()),
                        (project, by) -> project.heard(heard.id(), event.known(), by)));
    }

    /// What a project needs of an agreement's events.
    sealed interface Foreign {

        String project();

        String fund();

        /// Where the agreement stands from here on.
        default KnownAgreement known() {
            return new KnownAgreement(
                    fund(),
                    switch (this) {
                        case Requested _ -> Standing.REQUESTED;
                        case Reserved _ -> Standing.RESERVED;
                        case Refused _ -> Standing.REFUSED;
                        case Released _ -> Standing.RELEASED;
                        case Offered _ -> Standing.OFFERED;
                        case Declined _ -> Standing.DECLINED;
                        case Signed _ -> Standing.SIGNED;
                        case InForce _, Resumed _ -> Standing.IN_FORCE;
                        case Suspended _ -> Standing.SUSPENDED;
                        case Terminated _ -> Standing.TERMINATED;
                        case Closed _ -> Standing.CLOSED;
                    });
        }

        @EventType("koinon.agreement.requested.v1")
        record Requested(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.reserved.v1")
        record Reserved(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.refused.v1")
        record Refused(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.released.v1")
        record Released(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.offered.v1")
        record Offered(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.declined.v1")
        record Declined(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.signed.v1")
        record Signed(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.in-force.v1")
        record InForce(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.suspended.v1")
        record Suspended(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.resumed.v1")
        record Resumed(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.terminated.v1")
        record Terminated(String project, String fund) implements Foreign {}

        @EventType("koinon.agreement.closed.v1")
        record Closed(String project, String fund) implements Foreign {}
    }
}
