package koinon.cities.city;

import static koinon.cities.city.CreativeField.DESIGN;
import static koinon.cities.city.CreativeField.FILM;
import static koinon.cities.city.CreativeField.MUSIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import koinon.cities.city.City.State;
import koinon.cities.city.CityEvent.CityDesignated;
import koinon.cities.city.CityEvent.CityLeft;
import koinon.cities.city.CityEvent.CityName;
import koinon.cities.city.CityEvent.CityRegistered;
import koinon.cities.city.CityEvent.FieldChanged;
import koinon.cities.city.CityEvent.InvitedToLeave;
import koinon.cities.country.Region;
import koinon.cities.fact.PlainName;
import koinon.eventing.actor.Actor;
import koinon.eventing.actor.Mandate;
import koinon.eventing.document.EventJson;
import koinon.eventing.rule.AccessDenied;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Texts;
import koinon.testing.contract.Contracts;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CityTest {

    /// What Unicode counts as letters and nobody speaks: the soft sign, Hangul's initial without a sound and its
    /// fillers,
    /// carriers of vowels, and signs of elision, abbreviation and vowels without a letter.
    private static final Pattern SILENT = Pattern.compile(
            "[\\u042c\\u044c\\u110b\\u115f\\u1160\\u3147\\u3164\\uffa0\\uffb7"
                    + "\\u0787\\u0a72-\\u0a74\\u093d\\u09bd\\u0abd\\u0b3d\\u0cbd\\u0e2f\\ufc5e-\\ufc63\\ufe70-\\ufe7f]");

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Actor SECRETARIAT = by(new Mandate("m1", "secretariat", "network", null, null, null));
    private static final Actor SECOND = new Actor("another", SECRETARIAT.mandates(), null, null, NOW);

    @Test
    void a_city_is_registered_as_a_candidate_under_an_id_of_its_country_and_name() {
        City city = candidate();

        assertThat(city.id()).isEqualTo("vn-ha-noi");
        assertThat(city.state()).isEqualTo(State.CANDIDATE);
        assertThat(city.events())
                .containsExactly(new CityRegistered(
                        "Hà Nội",
                        "VN",
                        "Asia and the Pacific",
                        null,
                        new BigDecimal("21.0245"),
                        new BigDecimal("105.84117"),
                        false));
    }

    @Test
    void a_city_outside_the_network_is_registered_as_cooperating() {
        assertThat(cooperating().state()).isEqualTo(State.COOPERATING);
    }

    @Test
    void a_candidate_becomes_a_member_in_a_field() {
        City city = candidate();
        city.designate(DESIGN, 2019, SECRETARIAT);

        assertThat(city.state()).isEqualTo(State.DESIGNATED);
        assertThat(city.field()).isEqualTo(DESIGN);
        assertThat(city.year()).isEqualTo(2019);
        assertThat(city.events()).last().isEqualTo(new CityDesignated("Design", 2019));
    }

    @Test
    void the_year_of_a_designation_may_be_unknown() {
        City city = candidate();
        city.designate(DESIGN, null, SECRETARIAT);

        assertThat(city.year()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2003", "2027"})
    void a_city_is_designated_neither_before_the_network_was_nor_in_the_future(int year) {
        City city = candidate();

        assertThatThrownBy(() -> city.designate(DESIGN, year, SECRETARIAT)).isInstanceOf(ValidationFailed.class);
        assertThat(city.state()).isEqualTo(State.CANDIDATE);
    }

    @Test
    void a_cooperating_city_may_join_the_network() {
        City city = cooperating();
        city.designate(MUSIC, 2025, SECRETARIAT);

        assertThat(city.state()).isEqualTo(State.DESIGNATED);
    }

    @Test
    void a_member_changes_its_field() {
        City city = member();
        city.changeField(FILM, SECRETARIAT);

        assertThat(city.state()).isEqualTo(State.DESIGNATED);
        assertThat(city.field()).isEqualTo(FILM);
        assertThat(city.events()).last().isEqualTo(new FieldChanged("Film"));
    }

    @Test
    void a_change_to_the_field_it_has_is_refused() {
        assertThatThrownBy(() -> member().changeField(DESIGN, SECRETARIAT))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("same-field"));
    }

    @Test
    void a_member_is_invited_to_leave_with_a_reason() {
        City city = invited();

        assertThat(city.state()).isEqualTo(State.INVITED_TO_LEAVE);
        assertThat(city.reason()).isEqualTo("No reports.");
        assertThat(city.events()).last().isEqualTo(new InvitedToLeave("No reports."));
    }

    @Test
    void a_member_leaves_when_it_was_invited_to() {
        City city = invited();
        city.leave("It agreed.", SECRETARIAT);

        assertThat(city.state()).isEqualTo(State.LEFT);
        assertThat(city.events()).last().isEqualTo(new CityLeft("It agreed."));
    }

    @Test
    void a_member_leaves_by_itself() {
        assertThat(left().state()).isEqualTo(State.LEFT);
    }

    @Test
    void an_invitation_to_leave_is_withdrawn_with_a_reason() {
        City city = invited();
        city.withdrawInvitation("The report is there.", SECRETARIAT);

        assertThat(city.state()).isEqualTo(State.DESIGNATED);
        assertThat(city.reason()).isEqualTo("The report is there.");
        assertThat(city.field()).isEqualTo(DESIGN);
    }

    @Test
    void a_city_that_left_becomes_a_candidate_and_is_designated_anew() {
        City city = left();
        city.becomeCandidate("It asks to join again.", SECRETARIAT);

        assertThat(city.state()).isEqualTo(State.CANDIDATE);
        assertThat(city.field()).isNull();
        assertThat(city.year()).isNull();
        city.designate(FILM, 2026, SECRETARIAT);
        assertThat(city.field()).isEqualTo(FILM);
    }

    @Test
    void a_cooperating_city_becomes_a_candidate_and_the_other_way_round() {
        City city = cooperating();
        city.becomeCandidate("It wants to join.", SECRETARIAT);
        assertThat(city.state()).isEqualTo(State.CANDIDATE);

        city.becomeCooperating("It does not.", SECRETARIAT);
        assertThat(city.state()).isEqualTo(State.COOPERATING);
    }

    @Test
    void a_designation_by_mistake_is_reversed_by_a_second_person_to_what_the_city_was_before() {
        City member = member();
        City partner = cooperating();
        partner.designate(MUSIC, null, SECRETARIAT);

        assertThatThrownBy(() -> member.reverseDesignation("Mistaken.", SECRETARIAT))
                .isInstanceOf(AccessDenied.class);
        member.reverseDesignation("Mistaken.", SECOND);
        partner.reverseDesignation("Mistaken.", SECOND);

        assertThat(member.state()).isEqualTo(State.CANDIDATE);
        assertThat(member.field()).isNull();
        assertThat(partner.state()).isEqualTo(State.COOPERATING);
    }

    @Test
    void a_designation_is_reversed_for_thirty_days() {
        Actor onTheLast = at(SECOND, NOW.plus(City.REVERSIBLE));
        Actor afterwards = at(SECOND, NOW.plus(City.REVERSIBLE).plusMillis(1));
        City city = member();

        assertThatThrownBy(() -> city.reverseDesignation("Mistaken.", afterwards))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("designation-stands"));
        city.reverseDesignation("Mistaken.", onTheLast);
        assertThat(city.state()).isEqualTo(State.CANDIDATE);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("refused")
    void what_does_not_fit_its_state_is_refused_and_changes_nothing(String what, City city, Consumer<City> command) {
        State before = city.state();
        long sequence = city.sequence();

        assertThatThrownBy(() -> command.accept(city))
                .isInstanceOfSatisfying(
                        RuleViolation.class, it -> assertThat(it.rule()).isEqualTo("wrong-state"));
        assertThat(city.state()).isEqualTo(before);
        assertThat(city.events()).hasSize((int) sequence);
    }

    static Stream<Arguments> refused() {
        Consumer<City> designate = it -> it.designate(DESIGN, 2019, SECRETARIAT);
        Consumer<City> changeField = it -> it.changeField(FILM, SECRETARIAT);
        Consumer<City> invite = it -> it.inviteToLeave("why", SECRETARIAT);
        Consumer<City> leave = it -> it.leave("why", SECRETARIAT);
        Consumer<City> withdraw = it -> it.withdrawInvitation("why", SECRETARIAT);
        Consumer<City> candidate = it -> it.becomeCandidate("why", SECRETARIAT);
        Consumer<City> cooperate = it -> it.becomeCooperating("why", SECRETARIAT);
        Consumer<City> reverse = it -> it.reverseDesignation("why", SECOND);
        return Stream.of(
                Arguments.of("withdraw the invitation", candidate(), withdraw),
                Arguments.of("withdraw the invitation", cooperating(), withdraw),
                Arguments.of("withdraw the invitation", member(), withdraw),
                Arguments.of("withdraw the invitation", left(), withdraw),
                Arguments.of("become a candidate", candidate(), candidate),
                Arguments.of("become a candidate", member(), candidate),
                Arguments.of("become a candidate", invited(), candidate),
                Arguments.of("cooperate", cooperating(), cooperate),
                Arguments.of("cooperate", member(), cooperate),
                Arguments.of("cooperate", invited(), cooperate),
                Arguments.of("cooperate", left(), cooperate),
                Arguments.of("reverse the designation", candidate(), reverse),
                Arguments.of("reverse the designation", cooperating(), reverse),
                Arguments.of("reverse the designation", invited(), reverse),
                Arguments.of("reverse the designation", left(), reverse),
                Arguments.of("designate", member(), designate),
                Arguments.of("designate", invited(), designate),
                Arguments.of("designate", left(), designate),
                Arguments.of("change field", candidate(), changeField),
                Arguments.of("change field", cooperating(), changeField),
                Arguments.of("change field", invited(), changeField),
                Arguments.of("change field", left(), changeField),
                Arguments.of("invite", candidate(), invite),
                Arguments.of("invite", cooperating(), invite),
                Arguments.of("invite", invited(), invite),
                Arguments.of("invite", left(), invite),
                Arguments.of("leave", candidate(), leave),
                Arguments.of("leave", cooperating(), leave),
                Arguments.of("leave", left(), leave));
    }

    @Test
    void only_the_secretariat_does_any_of_this() {
        Actor editor = by(new Mandate("m2", "city-editor", "city/vn-ha-noi", null, null, null));
        List<Runnable> commands = List.of(
                () -> City.register(hanoi(), false, editor),
                () -> candidate().designate(DESIGN, 2019, editor),
                () -> member().changeField(FILM, editor),
                () -> member().inviteToLeave("why", editor),
                () -> member().reverseDesignation("why", editor),
                () -> invited().withdrawInvitation("why", editor),
                () -> left().becomeCandidate("why", editor),
                () -> candidate().becomeCooperating("why", editor),
                () -> member().leave("why", editor));

        assertThat(commands).allSatisfy(it -> assertThatThrownBy(it::run).isInstanceOf(AccessDenied.class));
    }

    @ParameterizedTest
    @CsvSource({
        "Đà Nẵng, da-nang",
        "'Santiago de Cali ', santiago-de-cali",
        "Łódź, lodz",
        "Östersund, ostersund",
        "Tønder, tonder",
        "Al-Ahsa, al-ahsa",
        "'Bogotá, D.C.', bogota-d-c",
        "Weißenfels, weissenfels",
        "İstanbul, istanbul",
        "'--- X ---', x",
        "Kaƙa, kaka",
        "Ŋaoundéré, naoundere",
        "Sumqayıt Əli, sumqayit-eli",
        "Ɔkwantɔ, okwanto",
        "東京, dong-jing",
        "第2東京, di2dong-jing",
        "Київ, kiiv",
        "القاهرة, alqahrt",
        "عمّان, aman",
        "ירושלים, yrwslym",
        "עכו, akw",
        "Львів, lviv",
        "Търново, tarnovo",
        "Nukuʻalofa, nuku-alofa",
        "서울, seoul",
        "ភ្នំ 2, u1797-u17d2-u1793-u17c6-2",
        "ʔAq̓am, u294-aqam",
        "Ⅷ ①, viii-1",
        "♥, u2665"
    })
    void an_id_is_the_name_in_plain_letters(String name, String slug) {
        assertThat(new City.Facts(name, "XX", Region.AFRICA, null, null, null).id())
                .isEqualTo("xx-" + slug);
    }

    @Test
    void a_long_name_gives_an_id_that_is_not_too_long() {
        var facts = new City.Facts("ß".repeat(120), "DE", Region.AFRICA, null, null, null);

        assertThat(City.register(facts, false, SECRETARIAT).id()).hasSize(93);
    }

    @Property
    void an_id_is_never_empty_and_keeps_every_letter(@ForAll @StringLength(min = 1, max = 120) String name) {
        if (Texts.normal(name).isEmpty() || Texts.flaw(name, false).isPresent()) return;

        assertThat(PlainName.slug(Texts.normal(name)))
                .matches("[a-z0-9]+(-[a-z0-9]+)*")
                .hasSizeBetween(1, 90);
    }

    @Property(tries = 5000)
    void no_letter_is_lost(@ForAll @IntRange(max = Character.MAX_CODE_POINT) int letter) {
        if (!Character.isLetterOrDigit(letter) || Character.getType(letter) == Character.MODIFIER_LETTER) return;
        if (SILENT.matcher(Character.toString(letter)).matches()) return;

        assertThat(PlainName.slug("x" + Character.toString(letter) + "x")).isNotIn("xx", "x-x");
    }

    @Test
    void two_long_names_give_two_ids() {
        assertThat(PlainName.slug("ភ្នំពេញ".repeat(9) + "ក")).isNotEqualTo(PlainName.slug("ភ្នំពេញ".repeat(9) + "ខ"));
    }

    @Test
    void another_place_of_the_same_name_has_an_id_of_its_own() {
        var oregon = new City.Facts("Portland", "US", Region.EUROPE_AND_NORTH_AMERICA, null, null, null);
        var maine = new City.Facts("Portland", "US", Region.EUROPE_AND_NORTH_AMERICA, "Maine", null, null);

        assertThat(City.register(oregon, false, SECRETARIAT).id()).isEqualTo("us-portland");
        City city = City.register(maine, false, SECRETARIAT);
        assertThat(city.id()).isEqualTo("us-portland-maine");
        assertThat(city.qualifier()).isEqualTo("Maine");
    }

    @Test
    void what_happens_to_a_city_is_published_as_its_contracts_say() {
        var portland = new City.Facts(
                "Portland",
                "US",
                Region.EUROPE_AND_NORTH_AMERICA,
                "Maine",
                new BigDecimal("43.6591"),
                new BigDecimal("-70.2568"));
        Contracts.publishes(
                "cities",
                CityEvent.class,
                EventJson.mapper()::writeValueAsString,
                City.register(portland, true, SECRETARIAT).events().getFirst(),
                new CityDesignated("Design", 2019),
                new FieldChanged("Gastronomy"),
                new InvitedToLeave("No monitoring report was handed in for two periods."),
                new CityEvent.NextChanged(),
                new CityEvent.InvitationWithdrawn("The monitoring report is there."),
                new CityEvent.DesignationReversed(false, "It was designated instead of the city of the same name."),
                new CityEvent.BecameCandidate("The city council asked to join again."),
                new CityEvent.CityCorrected(
                        "Asia and the Pacific",
                        new BigDecimal("21.0285"),
                        new BigDecimal("105.8542"),
                        "The coordinates were those of another district."),
                new CityEvent.NamesChanged(
                        new CityName("Hà Nội", "vi"),
                        List.of(new CityName("Hanoi", "en"), new CityName("Hanoï", "fr"))),
                new CityEvent.ZoneSet("Asia/Ho_Chi_Minh"),
                new CityEvent.BecameCooperating("It works with the network and does not want to join."),
                new CityLeft("The city council withdrew from the network."));
    }

    private static City.Facts hanoi() {
        return new City.Facts(
                "Hà Nội",
                "VN",
                Region.ASIA_AND_THE_PACIFIC,
                null,
                new BigDecimal("21.0245"),
                new BigDecimal("105.84117"));
    }

    private static City candidate() {
        return City.register(hanoi(), false, SECRETARIAT);
    }

    private static City cooperating() {
        return City.register(hanoi(), true, SECRETARIAT);
    }

    private static City member() {
        City city = candidate();
        city.designate(DESIGN, 2019, SECRETARIAT);
        return city;
    }

    private static City invited() {
        City city = member();
        city.inviteToLeave("No reports.", SECRETARIAT);
        return city;
    }

    private static City left() {
        City city = member();
        city.leave("It wants to.", SECRETARIAT);
        return city;
    }

    private static Actor at(Actor who, Instant at) {
        return new Actor(who.id(), who.mandates(), null, null, at);
    }

    private static Actor by(Mandate mandate) {
        return new Actor("someone", List.of(mandate), null, null, NOW);
    }
}
