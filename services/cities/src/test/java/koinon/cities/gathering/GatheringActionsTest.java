package koinon.cities.gathering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import koinon.cities.Role;
import koinon.cities.gathering.time.Days;
import koinon.eventing.action.NextAction;
import koinon.eventing.test.NextActionLaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What can be done next with a gathering, in every state.
class GatheringActionsTest {

    private static final NextActionLaw<Gathering> LAW = new NextActionLaw<Gathering>(
                    Map.of("gathering.confirm-held", (it, _, by) -> it.hold(by)),
                    Map.of(),
                    it -> {
                        throw new AssertionError(it);
                    },
                    GatheringFixture.BEFORE)
            .withRights(Role.SECRETARIAT.ofNetwork());

    @ParameterizedTest
    @EnumSource
    void what_is_listed_is_possible_in_each_state(Gathering.State state) {
        LAW.holdsFor(() -> GatheringFixture.in(state));
    }

    @Test
    void it_is_to_be_confirmed_by_the_secretariat_or_the_host_when_its_last_day_is_over() {
        assertThat(GatheringFixture.announced().actions())
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.from()).isEqualTo(GatheringFixture.DAYS.beginMoment()))
                .allSatisfy(it -> assertThat(it.due()).isEqualTo(GatheringFixture.DAYS.endMoment()))
                .extracting(NextAction::right)
                .containsExactly("secretariat@network", "city-editor@city/vn-ha-noi");
    }

    @Test
    void amended_days_move_the_moments() {
        Gathering gathering = GatheringFixture.announced();
        var days = new Days(
                GatheringFixture.DAYS.first().plusDays(30),
                GatheringFixture.DAYS.last().plusDays(30),
                GatheringFixture.DAYS.zone());

        gathering.amend(GatheringFixture.on(days), "It is later.", GatheringFixture.host(GatheringFixture.BEFORE));

        assertThat(gathering.actions()).allSatisfy(it -> assertThat(it.due()).isEqualTo(days.endMoment()));
    }
}
