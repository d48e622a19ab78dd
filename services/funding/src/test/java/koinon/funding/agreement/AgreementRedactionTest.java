package koinon.funding.agreement;

import static koinon.funding.TestActors.system;
import static koinon.funding.agreement.AgreementFixture.FUND;
import static koinon.funding.agreement.AgreementFixture.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import koinon.eventing.redaction.Redactions;
import koinon.funding.agreement.AgreementEvent.TextRedacted;
import koinon.funding.agreement.AgreementProjectListener.ProjectTextRedacted;
import koinon.funding.project.KnownProject;
import org.junit.jupiter.api.Test;

/// An agreement follows what its proposal or its project redacts: it copies reasons of the secretariat.
class AgreementRedactionTest {

    private static final String REASON = "The mayor has left.";
    private static final String WHY = "It named a person who did not agree to it.";

    private static ProjectTextRedacted redacted(String text) {
        return new ProjectTextRedacted(Redactions.digest(PROJECT, text), WHY);
    }

    private static Agreement terminated() {
        Agreement it = AgreementFixture.sent(AgreementFixture.active(), "advance");
        it.on(facts -> facts.project(KnownProject.State.TERMINATED, REASON), system());
        assertThat(it.statusReason()).isEqualTo(REASON);
        return it;
    }

    @Test
    void a_reason_that_it_published_is_redacted_by_an_event_of_its_own_and_once() {
        Agreement it = terminated();
        State before = it.state();

        it.follow(redacted(REASON), system());
        it.follow(redacted(REASON), system());

        assertThat(it.events())
                .filteredOn(TextRedacted.class::isInstance)
                .containsExactly(new TextRedacted(PROJECT, FUND, Redactions.digest(PROJECT, REASON), WHY));
        assertThat(it.statusReason()).isEqualTo(Redactions.MARK);
        assertThat(it.schedule().tranches())
                .noneMatch(tranche -> REASON.equals(tranche.statusReason()))
                .anyMatch(tranche -> Redactions.MARK.equals(tranche.statusReason()));
        assertThat(it.state()).isEqualTo(before);
    }

    @Test
    void a_reason_that_it_only_heard_is_removed_without_an_event() {
        Agreement it = AgreementFixture.active();
        it.on(facts -> facts.project(KnownProject.State.SUSPENDED, REASON), system());

        it.follow(redacted(REASON), system());

        assertThat(it.events()).noneMatch(TextRedacted.class::isInstance);
        assertThat(it).extracting("facts.reason").isEqualTo(Redactions.MARK);
    }

    @Test
    void another_text_changes_nothing() {
        Agreement it = terminated();

        it.follow(redacted("Another text."), system());

        assertThat(it.events()).noneMatch(TextRedacted.class::isInstance);
        assertThat(it.statusReason()).isEqualTo(REASON);
    }
}
