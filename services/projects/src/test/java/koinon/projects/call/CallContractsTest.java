package koinon.projects.call;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import koinon.eventing.action.Deadline;
import koinon.eventing.document.EventJson;
import koinon.projects.call.CallEvent.CallArchived;
import koinon.projects.call.CallEvent.CallCancelled;
import koinon.projects.call.CallEvent.CallDecided;
import koinon.projects.call.CallEvent.CallDrafted;
import koinon.projects.call.CallEvent.CallPublished;
import koinon.projects.call.CallEvent.DecisionsReleased;
import koinon.projects.call.CallEvent.TermsChanged;
import koinon.projects.call.rules.Lead;
import koinon.projects.call.rules.Rule;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

class CallContractsTest {

    @Test
    void a_calls_events_are_published_as_their_newest_samples() {
        Rule grant = new Rule.Grant(null, new BigDecimal("100000.00"));
        Rule lead = new Lead(List.of("VN", "PH"), null, null, null);
        Terms it = CallFixture.terms();
        Terms terms = CallFixture.holding(TermsCheck.checked(
                CallFixture.with(
                        it, it.tranches(), it.funds(), List.of(it.rules().getFirst(), grant, lead)),
                CallFixture.FUNDS,
                Set.of()));

        Contracts.publishes(
                "projects",
                CallEvent.class,
                EventJson.mapper()::writeValueAsString,
                new CallDrafted("Crafts"),
                new TermsChanged(terms),
                new CallPublished(1, terms),
                new CallEvent.CallAmended(
                        2,
                        terms.with(
                                terms.title(),
                                new Deadline(LocalDateTime.parse("2027-04-14T17:00:00"), "Asia/Ho_Chi_Minh"),
                                terms.thresholds()),
                        "The portal was down on the last day."),
                new DecisionsReleased(1),
                new CallDecided("All are decided."),
                new CallEvent.CallReopened("A non-approval is to be reversed."),
                new CallEvent.DecisionLapsed("5b1d7a52-3c0e-4a3b-9a0e-1f2f6a4c8d10"),
                new CallArchived(),
                new CallEvent.NextChanged(),
                new CallCancelled("No money."));
    }
}
