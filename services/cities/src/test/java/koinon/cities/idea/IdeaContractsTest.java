package koinon.cities.idea;

import java.util.List;
import koinon.cities.idea.IdeaEvent.*;
import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The events of an idea as they are published.
class IdeaContractsTest {

    @Test
    void what_happens_to_an_idea_is_published_as_its_contracts_say() {
        Contracts.publishes(
                "cities",
                IdeaEvent.class,
                EventJson.mapper()::writeValueAsString,
                new IdeaRaised(
                        "Craft routes",
                        "A route of workshops through several cities.",
                        "vn-ha-noi",
                        "Design",
                        List.of("crafts", "tourism"),
                        "asia-creativity-forum-2025-2025-11-28",
                        "places"),
                new InterestShown("ph-cebu-city"),
                new InterestWithdrawn("ph-cebu-city"),
                new IdeaDropped("Nobody has the money for it."),
                new IdeaRaisedAgain("A fund was opened for it."),
                new TextRedacted(
                        "hKV5bkL2Yw0cB1Jf0m7qvVt3o9sQ4dXeUuRzN8iGaPE", "It named a person who did not agree to it."),
                new NextChanged());
    }
}
