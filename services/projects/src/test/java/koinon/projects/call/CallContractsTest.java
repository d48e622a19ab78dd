package koinon.projects.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import koinon.platform.document.EventJson;
import koinon.projects.call.CallEvent.CallArchived;
import koinon.projects.call.CallEvent.CallCancelled;
import koinon.projects.call.CallEvent.CallDecided;
import koinon.projects.call.CallEvent.CallDrafted;
import koinon.projects.call.CallEvent.CallPublished;
import koinon.projects.call.CallEvent.TermsChanged;
import koinon.testing.Contracts;
import org.junit.jupiter.api.Test;

class CallContractsTest {

    @Test
    void a_calls_events_are_published_as_their_newest_samples() {
        Map<String, Object> grant = new LinkedHashMap<>();
        grant.put("kind", "grant");
        grant.put("max", 100_000);
        Map<String, Object> lead = new LinkedHashMap<>();
        lead.put("kind", "lead");
        lead.put("countries", List.of("VN", "PH"));
        Terms it = SomeCall.terms();
        Terms terms = TermsCheck.checked(
                SomeCall.with(it, it.tranches(), it.funds(), List.of(it.rules().getFirst(), grant, lead)),
                SomeCall.FUNDS);

        Contracts.publishes(
                "projects",
                CallEvent.class,
                EventJson.mapper()::writeValueAsString,
                new CallDrafted("Crafts"),
                new TermsChanged(terms),
                new CallPublished(1, terms),
                new CallDecided("All are decided."),
                new CallArchived(),
                new CallCancelled("No money."));
    }
}
