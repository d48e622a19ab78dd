package koinon.cities.group;

import static koinon.cities.group.GroupFixture.asean;
import static koinon.cities.group.GroupFixture.designCities;

import koinon.cities.group.GroupEvent.*;
import koinon.eventing.document.EventJson;
import koinon.testing.contract.Contracts;
import org.junit.jupiter.api.Test;

/// The events of a group as they are published.
class GroupContractsTest {

    @Test
    void what_happens_to_a_group_is_published_as_its_contracts_say() {
        Contracts.publishes(
                "cities",
                GroupEvent.class,
                EventJson.mapper()::writeValueAsString,
                new GroupRegistered("ASEAN", asean()),
                new GroupChanged(designCities(), "The group has a coordinator now."),
                new GroupRetired("It was dissolved."),
                new GroupReopened("It was not dissolved."),
                new TextRedacted(
                        "hKV5bkL2Yw0cB1Jf0m7qvVt3o9sQ4dXeUuRzN8iGaPE", "It named a person who did not agree to it."),
                new NextChanged());
    }
}
