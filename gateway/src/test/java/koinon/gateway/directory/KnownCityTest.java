package koinon.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;

import koinon.gateway.EventStories;
import org.junit.jupiter.api.Test;

class KnownCityTest {

    @Test
    void one_of_several_places_of_a_name_is_shown_with_which_it_is() {
        assertThat(registered("")).isEqualTo("Portland");
        assertThat(registered("'qualifier':'Maine',")).isEqualTo("Portland (Maine)");
    }

    private static String registered(String qualifier) {
        var messages = EventStories.active()
                .happens(
                        "city/us-portland",
                        "city.registered",
                        "{'name':'Portland','country':'US','region':'Europe and North America'," + qualifier
                                + "'cooperating':false}")
                .messages();
        KnownCity city = KnownCity.after(null, messages.getLast());
        return city == null || city.name() == null ? "" : city.name();
    }
}
