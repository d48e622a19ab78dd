package koinon.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import koinon.gateway.EventStories;
import org.junit.jupiter.api.Test;

class KnownCityTest {

    @Test
    void one_of_several_places_of_a_name_is_shown_with_which_it_is() {
        assertThat(registered("")).isEqualTo("Portland");
        assertThat(registered("'qualifier':'Maine',")).isEqualTo("Portland (Maine)");
    }

    @Test
    void its_names_and_its_place_replace_those_before() {
        KnownCity city = hanoi(
                "city.names-changed",
                "{'ownName':{'text':'Hà Nội','language':'vi'},'otherNames':[{'text':'Hanoï','language':'fr'}]}");
        assertThat(city.names()).containsExactly("Hanoi", "Hà Nội", "Hanoï");
        assertThat(hanoi("city.names-changed", "{'otherNames':[]}").otherNames())
                .isNull();

        KnownCity corrected = hanoi(
                "city.corrected",
                "{'region':'Asia and the Pacific','latitude':21.0285,'longitude':105.8542,'reason':'why'}");
        assertThat(corrected.latitude()).isEqualTo("21.0285");
        assertThat(corrected.name()).isEqualTo("Hanoi");
    }

    private static KnownCity hanoi(String type, String json) {
        KnownCity city = null;
        var messages = EventStories.none()
                .happens(
                        "city/vn-hanoi",
                        "city.registered",
                        "{'name':'Hanoi','country':'VN','region':'Asia and the Pacific','cooperating':false}")
                .happens("city/vn-hanoi", type, json)
                .messages();
        for (var it : messages) city = KnownCity.after(city, it);
        return Objects.requireNonNull(city);
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
