package koinon.cities.city;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import koinon.cities.Role;
import koinon.cities.country.Region;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.test.NextActionLaw;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What can be done next with a city, in every state.
class CityActionsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Actor SECRETARIAT = new Actor(
            "secretary", List.of(new Mandate("m", "secretariat", "network", null, null, null)), null, null, NOW);

    private static final NextActionLaw<City> LAW = new NextActionLaw<City>(
                    Map.of("city.designate", (it, _, by) -> it.designate(CreativeField.DESIGN, 2019, by)),
                    Map.of(),
                    it -> {
                        throw new AssertionError(it);
                    },
                    NOW)
            // A cooperating city can be designated too; nobody waits for that.
            .repeatable("city.designate")
            .withRights(Role.SECRETARIAT.ofNetwork());

    @ParameterizedTest
    @EnumSource
    void what_is_listed_is_possible_in_each_state(City.State state) {
        LAW.holdsFor(() -> in(state));
    }

    private static City in(City.State state) {
        City city = City.register(
                new City.Facts("Graz", "AT", Region.EUROPE_AND_NORTH_AMERICA, null, null, null),
                state == City.State.COOPERATING,
                SECRETARIAT);
        if (state == City.State.CANDIDATE || state == City.State.COOPERATING) return city;
        city.designate(CreativeField.DESIGN, 2011, SECRETARIAT);
        if (state == City.State.INVITED_TO_LEAVE) city.inviteToLeave("No report.", SECRETARIAT);
        if (state == City.State.LEFT) city.leave("It agreed.", SECRETARIAT);
        return city;
    }
}
