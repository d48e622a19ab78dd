package koinon.cities.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import koinon.cities.city.CityEvent.CityCorrected;
import koinon.cities.city.CityEvent.CityName;
import koinon.cities.city.CityEvent.NamesChanged;
import koinon.cities.city.CityEvent.ZoneSet;
import koinon.cities.country.Region;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.ValidationFailed;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The names, the place and the time zone of a city.
class CityFactsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Actor SECRETARIAT = person("secretariat", "network");
    private static final Actor EDITOR = person("city-editor", "city/vn-hanoi");
    private static final Actor STRANGER = person("city-editor", "city/th-bangkok");
    private static final CityName OWN = new CityName("Hà Nội", "vi");
    private static final CityName FRENCH = new CityName("Hanoï", "fr");
    private static final String WHY = "It was another district.";

    @Test
    void a_city_has_a_name_of_its_own_and_others_beside_the_registered_one() {
        City city = hanoi();
        city.name(OWN, List.of(FRENCH, new CityName("河内", "zh")), EDITOR);

        assertThat(city.name()).isEqualTo("Hanoi");
        assertThat(city.id()).isEqualTo("vn-hanoi");
        assertThat(city.ownName()).isEqualTo(OWN);
        assertThat(city.otherNames()).hasSize(2);
        assertThat(city.folded().lines()).containsExactly("hanoi", "ha noi", "he nei");

        city.name(null, List.of(FRENCH), SECRETARIAT);
        assertThat(city.ownName()).isNull();
        assertThat(city.folded()).isEqualTo("hanoi");
        assertThat(city.events()).last().isEqualTo(new NamesChanged(null, List.of(FRENCH)));
    }

    @Test
    void what_is_wrong_with_a_name_is_named_where_it_is() {
        assertInvalid(
                () -> hanoi().name(new CityName(" ", "vi"), List.of(OWN, new CityName("Hanoi", "English")), EDITOR),
                "/ownName/text",
                "/otherNames/1/language");
    }

    @Test
    void its_place_is_corrected_with_a_reason_and_its_id_stays() {
        City city = hanoi();
        city.correct(facts("21.0285", "105.8542"), WHY, SECRETARIAT);

        assertThat(city.id()).isEqualTo("vn-hanoi");
        assertThat(city.latitude()).isEqualTo("21.0285");
        assertThat(city.events())
                .last()
                .isEqualTo(new CityCorrected(
                        "Asia and the Pacific", new BigDecimal("21.0285"), new BigDecimal("105.8542"), WHY));
        assertThat(city.state()).isEqualTo(City.State.CANDIDATE);
    }

    @Test
    void a_correction_that_changes_nothing_or_has_no_reason_is_refused() {
        City city = hanoi();
        assertInvalid(() -> city.correct(facts("21.02450", "105.84117"), WHY, SECRETARIAT), "");
        assertInvalid(() -> city.correct(facts("21.0285", "105.8542"), " ", SECRETARIAT), "/reason");
        city.correct(new City.Facts("Hanoi", "VN", Region.ASIA_AND_THE_PACIFIC, null, null, null), WHY, SECRETARIAT);
        assertThat(city.latitude()).isNull();
    }

    @Test
    void its_time_zone_is_one_of_the_world() {
        City city = hanoi();
        city.setZone("Asia/Ho_Chi_Minh", EDITOR);

        assertThat(city.zone()).isEqualTo("Asia/Ho_Chi_Minh");
        assertThat(city.events()).last().isEqualTo(new ZoneSet("Asia/Ho_Chi_Minh"));
        assertInvalid(() -> city.setZone("Asia/Hanoi", EDITOR), "/zone");
    }

    @Test
    void names_and_a_zone_that_it_has_already_are_no_event() {
        City city = hanoi();
        city.name(null, List.of(), EDITOR);
        city.setZone("Asia/Ho_Chi_Minh", EDITOR);
        city.setZone("Asia/Ho_Chi_Minh", EDITOR);

        assertThat(city.events()).hasSize(2);
    }

    @Test
    void a_city_says_its_names_and_zone_and_the_secretariat_alone_its_place() {
        assertDenied(() -> hanoi().correct(facts("21.0285", "105.8542"), WHY, EDITOR));
        assertDenied(() -> hanoi().name(OWN, List.of(), STRANGER));
        assertDenied(() -> hanoi().setZone("Asia/Bangkok", STRANGER));
    }

    private static City hanoi() {
        return City.register(facts("21.0245", "105.84117"), false, SECRETARIAT);
    }

    private static City.Facts facts(String latitude, String longitude) {
        return new City.Facts(
                "Hanoi", "VN", Region.ASIA_AND_THE_PACIFIC, null, new BigDecimal(latitude), new BigDecimal(longitude));
    }

    private static Actor person(String role, String scope) {
        return new Actor("someone", List.of(new Mandate("m", role, scope, null, null, null)), null, null, NOW);
    }

    private static void assertDenied(ThrowingCallable command) {
        assertThatThrownBy(command).isInstanceOf(AccessDenied.class);
    }

    private static void assertInvalid(ThrowingCallable command, String... pointers) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        ValidationFailed.class,
                        it -> assertThat(it.violations())
                                .extracting(ValidationFailed.Violation::pointer)
                                .containsExactlyInAnyOrder(pointers));
    }
}
