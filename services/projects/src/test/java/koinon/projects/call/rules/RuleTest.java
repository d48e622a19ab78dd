package koinon.projects.call.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import koinon.eventing.document.EventJson;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import koinon.eventing.value.OfKind;
import koinon.projects.city.KnownCity;
import koinon.projects.group.KnownGroup;
import koinon.projects.plan.Contribution;
import koinon.projects.plan.Part;
import koinon.projects.plan.Plan;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Each kind of rule, met and not met, on the plan of Hà Nội (asks 60,000, brings 20,000) and Cebu (asks 40,000).
class RuleTest {

    private static final Map<String, KnownCity> CITIES = Stream.of(
                    new KnownCity(
                            "vn-hanoi",
                            "Hà Nội",
                            "VN",
                            "Asia and the Pacific",
                            "Design",
                            KnownCity.State.DESIGNATED,
                            null),
                    new KnownCity(
                            "ph-cebu-city",
                            "Cebu City",
                            "PH",
                            "Asia and the Pacific",
                            "Design",
                            KnownCity.State.DESIGNATED,
                            null),
                    new KnownCity(
                            "vn-hue", "Huế", "VN", "Asia and the Pacific", null, KnownCity.State.COOPERATING, null))
            .collect(Collectors.toMap(KnownCity::id, it -> it));

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static final Plan PLAN = Plan.initial("Craft routes", "vn-hanoi")
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

    private static Finding judge(Plan plan, Rule rule) {
        Finding finding = rule.judge(new Rule.Facts(plan, "vn-hanoi", CITIES, "EUR"));
        assertThat(finding.rule()).isEqualTo(OfKind.kind(rule.getClass()));
        assertThat(finding.fact().text()).isNotBlank();
        assertThat(finding.remedy() == null).isEqualTo(finding.met());
        assertThat(finding.fact().key()).startsWith(finding.rule() + ".");
        if (finding.remedy() != null) assertThat(finding.remedy().key()).startsWith(finding.rule() + ".");
        // Who leads is no field of the proposal.
        assertThat(finding.at().isEmpty()).isEqualTo(rule instanceof Lead);
        return finding;
    }

    @Test
    void partners_are_counted_with_the_lead() {
        assertThat(judge(PLAN, new Rule.Partners(2, 2)).met()).isTrue();
        assertThat(judge(PLAN, new Rule.Partners(3, null)).remedy().text())
                .isEqualTo("At least 3 partner cities must take part.");
        assertThat(judge(PLAN, new Rule.Partners(null, 1)).remedy().text())
                .isEqualTo("At most 1 partner cities may take part.");
    }

    @Test
    void countries_are_counted_once() {
        Plan three = PLAN.with(Part.empty("vn-hue"));

        assertThat(judge(three, new Rule.Countries(2, null)).met()).isTrue();
        assertThat(judge(three, new Rule.Countries(3, null)).fact().text()).isEqualTo("There are 2 countries: VN, PH.");
        assertThat(judge(three, new Rule.Countries(null, 1)).met()).isFalse();
    }

    @Test
    void regions_are_counted_once() {
        assertThat(judge(PLAN, new Rule.Regions(null, 1)).met()).isTrue();
        Finding finding = judge(PLAN, new Rule.Regions(2, null));
        assertThat(finding.met()).isFalse();
        assertThat(finding.fact().text()).isEqualTo("There are 1 regions: Asia and the Pacific.");
        assertThat(finding.remedy().text()).isEqualTo("At least 2 regions must take part.");
    }

    @Test
    void the_lead_is_from_an_admitted_country_field_and_state() {
        assertThat(judge(PLAN, new Lead(List.of("VN", "PH"), null, null, null)).met())
                .isTrue();
        assertThat(judge(PLAN, new Lead(List.of("PH"), null, null, null)).met()).isFalse();
        assertThat(judge(PLAN, new Lead(null, List.of("Design"), null, null)).met())
                .isTrue();
        assertThat(judge(PLAN, new Lead(null, List.of("Music"), null, null)).met())
                .isFalse();
        assertThat(judge(PLAN, new Lead(null, null, List.of("DESIGNATED"), null))
                        .met())
                .isTrue();
        assertThat(judge(PLAN, new Lead(null, null, List.of("CANDIDATE"), null)).met())
                .isFalse();
    }

    @Test
    void each_partner_is_in_an_admitted_group_by_its_country_or_its_id() {
        var asean = new KnownGroup("asean", "ASEAN", Set.of("VN", "PH", "TL"), Set.of());
        var capitals = new KnownGroup("capitals", "Capitals", Set.of(), Set.of("vn-hanoi"));

        assertThat(judge(List.of(asean), new Rule.Groups(List.of("asean"))).met())
                .isTrue();
        Finding finding = judge(List.of(asean, capitals), new Rule.Groups(List.of("capitals")));
        assertThat(finding.fact().text()).isEqualTo("In no group that is admitted: Cebu City.");
        assertThat(finding.remedy().text()).isEqualTo("Work with cities that are in Capitals.");
        assertThat(judge(List.of(capitals), new Rule.Groups(List.of("capitals", "asean")))
                        .met())
                .as("a group that is not known")
                .isFalse();
        assertThat(judge(PLAN.with(Part.empty("xx-nowhere")), List.of(asean), new Rule.Groups(List.of("asean")))
                        .met())
                .as("a city that is not known")
                .isFalse();
    }

    @Test
    void the_lead_is_in_an_admitted_group() {
        var capitals = new KnownGroup("capitals", "Capitals", Set.of(), Set.of("vn-hanoi"));
        var north = new KnownGroup("north", null, Set.of("NO"), Set.of());

        assertThat(judge(List.of(capitals), new Lead(null, null, null, List.of("capitals")))
                        .met())
                .isTrue();
        Finding finding = judge(List.of(capitals, north), new Lead(null, null, null, List.of("north")));
        assertThat(finding.fact().text()).isEqualTo("Hà Nội leads and is in no group that is admitted.");
        assertThat(finding.remedy().text()).isEqualTo("Let a city lead that is in north.");
        assertThat(judge(List.of(capitals), new Lead(List.of("PH"), null, null, List.of("capitals")))
                        .met())
                .isFalse();
    }

    private static Finding judge(List<KnownGroup> groups, Rule rule) {
        return judge(PLAN, groups, rule);
    }

    private static Finding judge(Plan plan, List<KnownGroup> groups, Rule rule) {
        Map<String, KnownCity> cities =
                CITIES.values().stream().map(it -> it.in(groups)).collect(Collectors.toMap(KnownCity::id, it -> it));
        return rule.judge(new Rule.Facts(plan, "vn-hanoi", cities, "EUR"));
    }

    @Test
    void a_lead_that_nobody_knows_is_not_admitted() {
        Rule rule = new Lead(List.of("VN"), null, null, null);

        assertThat(rule.judge(new Rule.Facts(PLAN, "vn-hanoi", Map.of(), "EUR")).met())
                .isFalse();
    }

    @Test
    void partners_have_admitted_fields_and_cities_outside_the_network_need_none() {
        Plan three = PLAN.with(Part.empty("vn-hue"));

        assertThat(judge(three, new Rule.Fields(List.of("Design"))).met()).isTrue();
        assertThat(judge(three, new Rule.Fields(List.of("Music", "Film")))
                        .fact()
                        .text())
                .isEqualTo("Not admitted: Hà Nội (Design), Cebu City (Design).");
    }

    @Test
    void the_grant_lies_between_its_bounds() {
        assertThat(judge(PLAN, new Rule.Grant(new BigDecimal("100000"), new BigDecimal("100000")))
                        .met())
                .isTrue();
        assertThat(judge(PLAN, new Rule.Grant(null, new BigDecimal("99999.99")))
                        .remedy()
                        .text())
                .isEqualTo("Ask for at most 99999.99 EUR.");
        assertThat(judge(PLAN, new Rule.Grant(new BigDecimal("100000.01"), null))
                        .remedy()
                        .text())
                .isEqualTo("Ask for at least 100000.01 EUR.");
    }

    @Test
    void the_partners_bring_their_part_of_the_budget() {
        assertThat(judge(PLAN, new Rule.CoFinancing(new BigDecimal("0.16"))).met())
                .isTrue();
        assertThat(judge(PLAN, new Rule.CoFinancing(new BigDecimal("0.2")))
                        .fact()
                        .text())
                .isEqualTo("The partners bring 20000.00 EUR of a budget of 120000.00 EUR.");
        assertThat(judge(PLAN, new Rule.CoFinancing(new BigDecimal("0.2")))
                        .remedy()
                        .text())
                .isEqualTo("Bring at least 20 % of the budget yourselves: beside this grant, 25000.00 EUR or more.");
    }

    @Test
    void overhead_stays_below_its_part_of_the_budget() {
        assertThat(judge(PLAN, new Rule.Overhead(new BigDecimal("0.1"))).met()).isTrue();
        assertThat(judge(PLAN, new Rule.Overhead(new BigDecimal("0.0999"))).met())
                .isFalse();
    }

    @Test
    void a_year_from_its_first_to_its_last_day_is_twelve_months() {
        assertThat(judge(PLAN, new Rule.Duration(12, 12)).met()).isTrue();
        assertThat(judge(PLAN, new Rule.Duration(13, null)).remedy().text())
                .isEqualTo("Plan at least 13 months: let it end on 2028-07-31 or later.");
        assertThat(judge(PLAN, new Rule.Duration(null, 11)).remedy().text())
                .isEqualTo("Plan at most 11 months: let it end on 2028-05-31 or earlier.");
    }

    @Test
    void without_dates_no_duration_is_right() {
        assertThat(judge(Plan.initial("x", "vn-hanoi"), new Rule.Duration(null, 24))
                        .met())
                .isFalse();
    }

    @Test
    void each_kind_that_a_proposal_can_meet_leads_to_its_fields() {
        Map<Class<?>, Rule> unmet = Stream.of(
                        new Rule.Partners(9, null),
                        new Rule.Countries(9, null),
                        new Rule.Regions(9, null),
                        new Lead(List.of("FR"), null, null, null),
                        new Rule.Groups(List.of("none")),
                        new Rule.Fields(List.of("Music")),
                        new Rule.Grant(null, BigDecimal.ONE),
                        new Rule.CoFinancing(BigDecimal.ONE),
                        new Rule.Duration(99, null),
                        new Rule.Overhead(BigDecimal.ZERO))
                .collect(Collectors.toMap(Object::getClass, it -> it));

        assertThat(unmet).containsOnlyKeys(Rule.class.getPermittedSubclasses());
        unmet.values().forEach(it -> assertThat(judge(PLAN, it).met()).isFalse());
        assertThat(judge(PLAN, unmet.get(Rule.Grant.class)).at())
                .containsExactly("/partners/vn-hanoi/part/grant", "/partners/ph-cebu-city/part/grant");
        assertThat(judge(PLAN, unmet.get(Rule.Overhead.class)).at())
                .containsExactly("/partners/vn-hanoi/part", "/partners/ph-cebu-city/part");
    }

    private static Rule read(String json) {
        return EventJson.mapper().readValue(json, Rule.class);
    }

    @Test
    void rules_are_kept_in_one_form_whatever_way_they_were_written() {
        Map<String, String> forms = Map.of(
                "{'kind':'overhead','max':0.3}", "{'kind':'overhead','max':'0.3'}",
                "{'kind':'overhead','max':'0.30'}", "{'kind':'overhead','max':'0.3'}",
                "{'max':1E+5,'kind':'grant'}", "{'kind':'grant','max':'100000'}",
                "{'kind':'co-financing','min':'0.2'}", "{'kind':'co-financing','min':'0.2'}",
                "{'kind':'lead','countries':['VN']}", "{'kind':'lead','countries':['VN']}");

        forms.forEach((written, kept) -> assertThat(
                        EventJson.mapper().writeValueAsString(read(written.replace('\'', '"'))))
                .isEqualTo(kept.replace('\'', '"')));
    }

    @Test
    void a_frozen_rule_with_an_unknown_name_is_still_judged() {
        Rule rule = read("{\"kind\":\"lead\",\"fields\":[\"Musik\"]}");

        assertThat(rule).isEqualTo(new Lead(null, List.of("Musik"), null, null));
        assertThat(judge(PLAN, rule).met()).isFalse();
    }

    @Test
    void a_rule_that_makes_no_sense_is_refused() {
        List<ThrowingCallable> wrong = List.of(
                () -> new Rule.Partners(null, null),
                () -> new Rule.Partners(5, 4),
                () -> new Rule.Partners(-1, null),
                () -> new Rule.Grant(null, new BigDecimal("-0.5")),
                () -> new Rule.Overhead(new BigDecimal("1.01")),
                () -> new Lead(null, null, null, null),
                () -> new Lead(null, null, List.of("HAPPY"), null),
                () -> new Rule.Fields(List.of()));

        assertThat(wrong).allSatisfy(it -> assertThatIllegalArgumentException().isThrownBy(it));
    }

    @Test
    void a_parameter_that_is_missing_is_named() {
        ValidationFailed missing = catchThrowableOfType(ValidationFailed.class, () -> new Rule.CoFinancing(null));

        assertThat(missing.violations())
                .containsExactly(new ValidationFailed.Violation("/min", "validation.required", "This is required."));
    }
}
