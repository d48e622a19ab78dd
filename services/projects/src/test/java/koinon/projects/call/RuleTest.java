package koinon.projects.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.platform.model.Money;
import koinon.projects.city.KnownCity;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import org.junit.jupiter.api.Test;

/// Each kind of rule, met and not met, on the plan of Hà Nội (asks 60,000, brings 20,000) and Cebu (asks 40,000).
class RuleTest {

    private static final Map<String, KnownCity> CITIES = Stream.of(
                    new KnownCity("vn-hanoi", "Hà Nội", "VN", "Asia", "Design", KnownCity.State.DESIGNATED),
                    new KnownCity("ph-cebu-city", "Cebu City", "PH", "Asia", "Design", KnownCity.State.DESIGNATED),
                    new KnownCity("vn-hue", "Huế", "VN", "Asia", null, KnownCity.State.COOPERATING))
            .collect(Collectors.toMap(KnownCity::id, it -> it));

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static final Plan PLAN = Plan.begun("Craft routes", "vn-hanoi")
            .withSummary(
                    "Craft routes",
                    "",
                    List.of(),
                    List.of(),
                    LocalDate.parse("2027-07-01"),
                    LocalDate.parse("2028-06-30"))
            .with(new Part(
                    "vn-hanoi",
                    eur("60000"),
                    List.of(new Contribution("budget", Contribution.CASH, null, eur("20000"))),
                    eur("12000"),
                    ""))
            .with(new Part("ph-cebu-city", eur("40000"), List.of(), eur("0"), ""));

    private static Finding judge(Plan plan, String kind, Object... parameters) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("kind", kind);
        for (int i = 0; i < parameters.length; i += 2) rule.put((String) parameters[i], parameters[i + 1]);
        Finding finding = RuleBook.rule(rule).judge(new Rule.Facts(plan, "vn-hanoi", CITIES, "EUR"));
        assertThat(finding.rule()).isEqualTo(kind);
        assertThat(finding.fact()).isNotBlank();
        assertThat(finding.remedy().isEmpty()).isEqualTo(finding.met());
        return finding;
    }

    @Test
    void partners_are_counted_with_the_lead() {
        assertThat(judge(PLAN, "partners", "min", 2, "max", 2).met()).isTrue();
        assertThat(judge(PLAN, "partners", "min", 3).remedy()).isEqualTo("At least 3 partner cities must take part.");
        assertThat(judge(PLAN, "partners", "max", 1).remedy()).isEqualTo("At most 1 partner cities may take part.");
    }

    @Test
    void countries_are_counted_once() {
        Plan three = PLAN.with(Part.empty("vn-hue"));

        assertThat(judge(three, "countries", "min", 2).met()).isTrue();
        assertThat(judge(three, "countries", "min", 3).fact()).isEqualTo("There are 2 countries: VN, PH.");
        assertThat(judge(three, "countries", "max", 1).met()).isFalse();
    }

    @Test
    void the_lead_is_from_an_admitted_country_field_and_state() {
        assertThat(judge(PLAN, "lead", "countries", List.of("VN", "PH")).met()).isTrue();
        assertThat(judge(PLAN, "lead", "countries", List.of("PH")).met()).isFalse();
        assertThat(judge(PLAN, "lead", "fields", List.of("Design")).met()).isTrue();
        assertThat(judge(PLAN, "lead", "fields", List.of("Music")).met()).isFalse();
        assertThat(judge(PLAN, "lead", "states", List.of("DESIGNATED")).met()).isTrue();
        assertThat(judge(PLAN, "lead", "states", List.of("CANDIDATE")).met()).isFalse();
    }

    @Test
    void a_lead_that_nobody_knows_is_not_admitted() {
        Rule rule = RuleBook.rule(Map.of("kind", "lead", "countries", List.of("VN")));

        assertThat(rule.judge(new Rule.Facts(PLAN, "vn-hanoi", Map.of(), "EUR")).met())
                .isFalse();
    }

    @Test
    void partners_have_admitted_fields_and_cities_outside_the_network_need_none() {
        Plan three = PLAN.with(Part.empty("vn-hue"));

        assertThat(judge(three, "fields", "admitted", List.of("Design")).met()).isTrue();
        assertThat(judge(three, "fields", "admitted", List.of("Music", "Film")).fact())
                .isEqualTo("Not admitted: Hà Nội (Design), Cebu City (Design).");
    }

    @Test
    void the_grant_lies_between_its_bounds() {
        assertThat(judge(PLAN, "grant", "min", "100000", "max", "100000").met()).isTrue();
        assertThat(judge(PLAN, "grant", "max", "99999.99").remedy()).isEqualTo("Ask for at most 99999.99 EUR.");
        assertThat(judge(PLAN, "grant", "min", "100000.01").remedy()).isEqualTo("Ask for at least 100000.01 EUR.");
    }

    @Test
    void the_partners_bring_their_part_of_the_budget() {
        assertThat(judge(PLAN, "co-financing", "min", "0.16").met()).isTrue();
        assertThat(judge(PLAN, "co-financing", "min", "0.2").fact())
                .isEqualTo("The partners bring 20000.00 EUR of a budget of 120000.00 EUR.");
        assertThat(judge(PLAN, "co-financing", "min", "0.2").remedy())
                .isEqualTo("Bring at least 20 % of the budget yourselves.");
    }

    @Test
    void overhead_stays_below_its_part_of_the_budget() {
        assertThat(judge(PLAN, "overhead", "max", "0.1").met()).isTrue();
        assertThat(judge(PLAN, "overhead", "max", "0.0999").met()).isFalse();
    }

    @Test
    void a_year_from_its_first_to_its_last_day_is_twelve_months() {
        assertThat(judge(PLAN, "duration", "min", 12, "max", 12).met()).isTrue();
        assertThat(judge(PLAN, "duration", "min", 13).remedy()).isEqualTo("Plan at least 13 months.");
        assertThat(judge(PLAN, "duration", "max", 11).remedy()).isEqualTo("Plan at most 11 months.");
    }

    @Test
    void without_dates_no_duration_is_right() {
        assertThat(judge(Plan.begun("x", "vn-hanoi"), "duration", "max", 24).met())
                .isFalse();
    }
}
