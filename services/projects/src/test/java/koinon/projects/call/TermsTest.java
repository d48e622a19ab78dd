package koinon.projects.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import koinon.platform.model.Invalid;
import koinon.platform.model.Invalid.Violation;
import koinon.platform.model.Money;
import koinon.projects.city.KnownCity;
import koinon.projects.fund.KnownFund;
import koinon.projects.plan.Deadline;
import koinon.projects.plan.Thresholds;
import koinon.projects.plan.Tranche;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {

    private static List<String> wrong(Terms terms) {
        Invalid invalid = catchThrowableOfType(Invalid.class, () -> TermsCheck.checked(terms, SomeCall.FUNDS));
        return invalid == null
                ? List.of()
                : invalid.violations().stream().map(Violation::pointer).toList();
    }

    private static List<String> wrongRule(Map<String, Object> rule) {
        Terms terms = SomeCall.terms();
        return wrong(SomeCall.with(terms, terms.tranches(), terms.funds(), List.of(rule)));
    }

    @Test
    void good_terms_are_taken_with_and_without_a_grant() {
        assertThat(wrong(SomeCall.terms())).isEmpty();
        assertThat(wrong(SomeCall.termsWithoutGrant())).isEmpty();
    }

    @Test
    void every_violation_is_named() {
        Terms wrong = new Terms(
                "x",
                "XYZ",
                new Deadline(LocalDateTime.parse("2027-01-01T00:00"), "Asia/Atlantis"),
                new Deadline(LocalDateTime.parse("2027-01-01T00:00"), "Europe/Berlin"),
                List.of(Map.of("kind", "astrology")),
                List.of(
                        new Tranche("A b", new BigDecimal("0.5"), "whenever"),
                        new Tranche("c", new BigDecimal("-0.1"), Tranche.IN_FORCE)),
                List.of(new Terms.FundShare("fund-x", new BigDecimal("0.9"))),
                List.of(),
                List.of(18),
                "mayor",
                "some",
                new Thresholds(-1, -1));

        assertThat(wrong(wrong))
                .containsExactlyInAnyOrder(
                        "/currency",
                        "/opens/zone",
                        "/rules/0/kind",
                        "/tranches/0/id",
                        "/tranches/0/waitsFor",
                        "/tranches/1/share",
                        "/tranches",
                        "/funds/0/fund",
                        "/funds",
                        "/sdgs/0",
                        "/verifier",
                        "/agreements",
                        "/thresholds/dueSoonDays",
                        "/thresholds/atRiskDays");
    }

    @Test
    void a_call_closes_after_it_opens() {
        Terms it = SomeCall.terms();
        Terms backwards = new Terms(
                it.title(),
                it.currency(),
                /* opens= */ it.closes(),
                /* closes= */ it.opens(),
                it.rules(),
                it.tranches(),
                it.funds(),
                it.themes(),
                it.sdgs(),
                it.verifier(),
                it.agreements(),
                it.thresholds());

        assertThat(wrong(backwards)).containsExactly("/closes/local");
    }

    @Test
    void a_fund_pays_in_the_currency_of_the_call_and_is_named_once() {
        Terms it = SomeCall.terms();
        BigDecimal half = new BigDecimal("0.5");
        Terms twice = SomeCall.with(
                it,
                it.tranches(),
                List.of(new Terms.FundShare("fund-a", half), new Terms.FundShare("fund-a", half)),
                it.rules());
        assertThat(wrong(twice)).containsExactly("/funds/1/fund");

        Invalid invalid = catchThrowableOfType(
                Invalid.class,
                () -> TermsCheck.checked(
                        it, List.of(SomeCall.FUNDS.getFirst(), new KnownFund("fund-b", "f", "Dollars", "USD", null))));
        assertThat(invalid.violations())
                .containsExactly(new Violation("/funds/1/fund", "The fund pays in USD, the call is in EUR."));
    }

    @Test
    void a_funders_officer_verifies_only_where_a_fund_pays() {
        assertThat(wrong(SomeCall.verifiedBy("funder-officer", SomeCall.terms())))
                .isEmpty();
        assertThat(wrong(SomeCall.verifiedBy("funder-officer", SomeCall.termsWithoutGrant())))
                .containsExactly("/verifier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+05:00", "GMT+2", "UTC+01:00", "Z", "asia/bangkok", "CEST"})
    void a_zone_is_one_of_ianas(String zone) {
        Deadline closes = new Deadline(LocalDateTime.parse("2027-03-31T17:00"), zone);

        assertThat(wrong(SomeCall.closing(closes, SomeCall.terms()))).containsExactly("/closes/zone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Bangkok", "America/Argentina/Buenos_Aires"})
    void zones_of_iana_are_taken(String zone) {
        Deadline closes = new Deadline(LocalDateTime.parse("2027-03-31T17:00"), zone);

        assertThat(wrong(SomeCall.closing(closes, SomeCall.terms()))).isEmpty();
    }

    @Test
    void tranches_stand_where_funds_pay_and_only_there() {
        Terms it = SomeCall.terms();

        assertThat(wrong(SomeCall.with(it, List.of(), it.funds(), it.rules()))).containsExactly("/tranches");
        assertThat(wrong(SomeCall.with(it, it.tranches(), List.of(), it.rules())))
                .containsExactly("/tranches");
    }

    @Test
    void a_rule_has_the_parameters_of_its_kind_and_no_others() {
        assertThat(wrongRule(Map.of("min", 3))).containsExactly("/rules/0/kind");
        assertThat(wrongRule(Map.of("kind", 3))).containsExactly("/rules/0/kind");
        assertThat(wrongRule(Map.of("kind", "partners", "min", 3, "colour", "red")))
                .containsExactly("/rules/0/colour");
        assertThat(wrongRule(Map.of("kind", "partners", "min", "many"))).containsExactly("/rules/0/min");
        assertThat(wrongRule(Map.of("kind", "partners", "min", 1.5))).containsExactly("/rules/0/min");
        assertThat(wrongRule(Map.of("kind", "partners", "min", List.of()))).containsExactly("/rules/0/min");
        assertThat(wrongRule(Map.of("kind", "fields", "admitted", List.of(1)))).containsExactly("/rules/0/admitted");
        assertThat(wrongRule(Map.of("kind", "fields"))).containsExactly("/rules/0/admitted");
        assertThat(wrongRule(Map.of("kind", "co-financing"))).containsExactly("/rules/0/min");
    }

    @Test
    void a_rule_that_makes_no_sense_is_refused() {
        assertThat(wrongRule(Map.of("kind", "partners"))).containsExactly("/rules/0");
        assertThat(wrongRule(Map.of("kind", "partners", "min", 5, "max", 4))).containsExactly("/rules/0");
        assertThat(wrongRule(Map.of("kind", "partners", "min", -1))).containsExactly("/rules/0");
        assertThat(wrongRule(Map.of("kind", "grant", "max", "-0.5"))).containsExactly("/rules/0");
        assertThat(wrongRule(Map.of("kind", "overhead", "max", 1.01))).containsExactly("/rules/0");
        assertThat(wrongRule(Map.of("kind", "lead"))).containsExactly("/rules/0");
        assertThat(wrongRule(Map.of("kind", "lead", "states", List.of("HAPPY"))))
                .containsExactly("/rules/0");
        assertThat(wrongRule(Map.of("kind", "fields", "admitted", List.of()))).containsExactly("/rules/0");
    }

    @Test
    void a_rule_names_only_countries_and_fields_that_cities_can_have() {
        assertThat(wrongRule(Map.of("kind", "lead", "countries", List.of("VN", "Vietnam", "vn", "XX"))))
                .containsExactly("/rules/0/countries/1", "/rules/0/countries/2", "/rules/0/countries/3");
        assertThat(wrongRule(Map.of("kind", "lead", "fields", List.of("Design", "Musik"))))
                .containsExactly("/rules/0/fields/1");
        assertThat(wrongRule(Map.of("kind", "fields", "admitted", List.of("design", "Media Arts", "Crafts"))))
                .containsExactly("/rules/0/admitted/0", "/rules/0/admitted/2");
        assertThat(wrongRule(Map.of("kind", "fields", "admitted", KnownCity.FIELDS)))
                .isEmpty();
    }

    @Test
    void a_rule_that_froze_with_a_strange_name_is_still_judged() {
        Rule rule = RuleBook.rule(Map.of("kind", "lead", "fields", List.of("Musik")));

        assertThat(RuleBook.entry(rule)).containsEntry("fields", List.of("Musik"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XXX", "XTS", "XAU", "XDR", "DEM", "FRF"})
    void a_call_is_in_a_currency_that_people_pay_in(String currency) {
        Terms it = SomeCall.termsWithoutGrant();

        assertThat(wrong(new Terms(
                        it.title(),
                        currency,
                        it.opens(),
                        it.closes(),
                        it.rules(),
                        it.tranches(),
                        it.funds(),
                        it.themes(),
                        it.sdgs(),
                        it.verifier(),
                        it.agreements(),
                        it.thresholds())))
                .containsExactly("/currency");
    }

    @Test
    void rules_are_kept_in_one_form_whatever_way_they_were_written() {
        UnaryOperator<Map<String, Object>> kept = it -> {
            Terms terms = SomeCall.terms();
            return TermsCheck.checked(
                            SomeCall.with(terms, terms.tranches(), terms.funds(), List.of(it)), SomeCall.FUNDS)
                    .rules()
                    .getFirst();
        };

        assertThat(kept.apply(Map.of("kind", "overhead", "max", 0.3)))
                .isEqualTo(Map.of("kind", "overhead", "max", "0.3"));
        assertThat(kept.apply(Map.of("kind", "overhead", "max", "0.30")))
                .isEqualTo(Map.of("kind", "overhead", "max", "0.3"));
        assertThat(kept.apply(Map.of("kind", "grant", "max", 100_000)))
                .isEqualTo(Map.of("kind", "grant", "max", "100000"));
        assertThat(kept.apply(Map.of("kind", "partners", "min", 3L))).isEqualTo(Map.of("kind", "partners", "min", 3));
        assertThat(kept.apply(Map.of("kind", "lead", "countries", List.of("VN"))))
                .isEqualTo(Map.of("kind", "lead", "countries", List.of("VN")));
    }

    @Property(tries = 500)
    void the_parts_of_the_funds_are_never_more_than_the_grant_and_none_is_lost(
            @ForAll @LongRange(min = 0, max = 1_000_000_000L) long cents,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 1000) Integer> weights) {
        Money grant = new Money(BigDecimal.valueOf(cents, 2), "EUR");
        Terms it = SomeCall.terms();
        Terms terms = SomeCall.with(it, it.tranches(), shares(weights), it.rules());

        List<Money> parts = terms.split(grant);

        assertThat(parts).hasSameSizeAs(weights).noneMatch(Money::isNegative);
        assertThat(parts.stream().reduce(Money.zero("EUR"), Money::plus)).isEqualTo(grant);
        for (int i = 0; i < parts.size() - 1; i++)
            assertThat(parts.get(i).amount())
                    .isLessThanOrEqualTo(
                            grant.amount().multiply(terms.funds().get(i).share()));
    }

    private static List<Terms.FundShare> shares(List<Integer> weights) {
        int total = weights.stream().mapToInt(Integer::intValue).sum();
        List<Terms.FundShare> shares = new ArrayList<>();
        BigDecimal rest = BigDecimal.ONE;
        for (int i = 0; i < weights.size(); i++) {
            BigDecimal share = i == weights.size() - 1
                    ? rest
                    : BigDecimal.valueOf(weights.get(i)).divide(BigDecimal.valueOf(total), 6, RoundingMode.DOWN);
            rest = rest.subtract(share);
            shares.add(new Terms.FundShare("fund-" + i, share));
        }
        return shares;
    }
}
