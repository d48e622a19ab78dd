package koinon.projects.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import koinon.eventing.action.Deadline;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.rule.ValidationFailed.Violation;
import koinon.eventing.value.Money;
import koinon.projects.call.rules.Lead;
import koinon.projects.call.rules.Rule;
import koinon.projects.city.KnownCity;
import koinon.projects.fund.KnownFund;
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
        ValidationFailed invalid = catchThrowableOfType(
                ValidationFailed.class, () -> TermsCheck.checked(terms, CallFixture.FUNDS, Set.of("asean")));
        return invalid == null
                ? List.of()
                : invalid.violations().stream().map(Violation::pointer).toList();
    }

    private static List<String> wrongRule(Rule rule) {
        Terms terms = CallFixture.terms();
        return wrong(CallFixture.with(terms, terms.tranches(), terms.funds(), List.of(rule)));
    }

    @Test
    void good_terms_are_taken_with_and_without_a_grant() {
        assertThat(wrong(CallFixture.terms())).isEmpty();
        assertThat(wrong(CallFixture.termsWithoutGrant())).isEmpty();
    }

    @Test
    void every_violation_is_named() {
        Terms wrong = new Terms(
                "x",
                "XYZ",
                new Deadline(LocalDateTime.parse("2027-01-01T00:00"), "Asia/Atlantis"),
                new Deadline(LocalDateTime.parse("2027-01-01T00:00"), "Europe/Berlin"),
                List.of(new Rule.Fields(List.of("Astrology"))),
                List.of(
                        new Tranche("A b", new BigDecimal("0.5"), "whenever"),
                        new Tranche("c", new BigDecimal("-0.1"), Tranche.IN_FORCE)),
                List.of(new Terms.FundShare("fund-x", new BigDecimal("0.9"))),
                List.of(),
                List.of(18),
                "mayor",
                "some",
                new Thresholds(-1, -1),
                null);

        assertThat(wrong(wrong))
                .containsExactlyInAnyOrder(
                        "/currency",
                        "/opens/zone",
                        "/rules/0/admitted/0",
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
        Terms it = CallFixture.terms();
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
                it.thresholds(),
                it.holdsDecisions());

        assertThat(wrong(backwards)).containsExactly("/closes/local");
    }

    @Test
    void a_fund_pays_in_the_currency_of_the_call_and_is_named_once() {
        Terms it = CallFixture.terms();
        BigDecimal half = new BigDecimal("0.5");
        Terms twice = CallFixture.with(
                it,
                it.tranches(),
                List.of(new Terms.FundShare("fund-a", half), new Terms.FundShare("fund-a", half)),
                it.rules());
        assertThat(wrong(twice)).containsExactly("/funds/1/fund");

        ValidationFailed invalid = catchThrowableOfType(
                ValidationFailed.class,
                () -> TermsCheck.checked(
                        it,
                        List.of(CallFixture.FUNDS.getFirst(), new KnownFund("fund-b", "f", "Dollars", "USD", null)),
                        Set.of()));
        assertThat(invalid.violations())
                .containsExactly(new Violation(
                        "/funds/1/fund",
                        "call.fund-currency",
                        "The fund pays in %s, the call is in %s.",
                        "fund",
                        "USD",
                        "call",
                        "EUR"));
    }

    @Test
    void a_funders_officer_verifies_only_where_a_fund_pays() {
        assertThat(wrong(CallFixture.verifiedBy("funder-officer", CallFixture.terms())))
                .isEmpty();
        assertThat(wrong(CallFixture.verifiedBy("funder-officer", CallFixture.termsWithoutGrant())))
                .containsExactly("/verifier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+05:00", "GMT+2", "UTC+01:00", "Z", "asia/bangkok", "CEST"})
    void a_zone_is_one_of_ianas(String zone) {
        Deadline closes = new Deadline(LocalDateTime.parse("2027-03-31T17:00"), zone);

        assertThat(wrong(CallFixture.closing(closes, CallFixture.terms()))).containsExactly("/closes/zone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Bangkok", "America/Argentina/Buenos_Aires"})
    void zones_of_iana_are_taken(String zone) {
        Deadline closes = new Deadline(LocalDateTime.parse("2027-03-31T17:00"), zone);

        assertThat(wrong(CallFixture.closing(closes, CallFixture.terms()))).isEmpty();
    }

    @Test
    void tranches_stand_where_funds_pay_and_only_there() {
        Terms it = CallFixture.terms();

        assertThat(wrong(CallFixture.with(it, List.of(), it.funds(), it.rules())))
                .containsExactly("/tranches");
        assertThat(wrong(CallFixture.with(it, it.tranches(), List.of(), it.rules())))
                .containsExactly("/tranches");
    }

    @Test
    void a_rule_names_only_countries_and_fields_that_cities_can_have() {
        assertThat(wrongRule(new Lead(List.of("VN", "Vietnam", "vn", "XX"), null, null, null)))
                .containsExactly("/rules/0/countries/1", "/rules/0/countries/2", "/rules/0/countries/3");
        assertThat(wrongRule(new Lead(null, List.of("Design", "Musik"), null, null)))
                .containsExactly("/rules/0/fields/1");
        assertThat(wrongRule(new Rule.Fields(List.of("design", "Media Arts", "Crafts"))))
                .containsExactly("/rules/0/admitted/0", "/rules/0/admitted/2");
        assertThat(wrongRule(new Rule.Fields(List.copyOf(KnownCity.FIELDS)))).isEmpty();
    }

    @Test
    void a_rule_names_only_groups_that_are_registered() {
        assertThat(wrongRule(new Rule.Groups(List.of("asean", "nobody")))).containsExactly("/rules/0/admitted/1");
        assertThat(wrongRule(new Lead(null, null, null, List.of("nobody")))).containsExactly("/rules/0/groups/0");
        assertThat(wrongRule(new Lead(null, null, null, List.of("asean")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"XXX", "XTS", "XAU", "XDR", "DEM", "FRF"})
    void a_call_is_in_a_currency_that_people_pay_in(String currency) {
        Terms it = CallFixture.termsWithoutGrant();

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
                        it.thresholds(),
                        it.holdsDecisions())))
                .containsExactly("/currency");
    }

    @Property(tries = 500)
    void the_parts_of_the_funds_are_never_more_than_the_grant_and_none_is_lost(
            @ForAll @LongRange(min = 0, max = 1_000_000_000L) long cents,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 1000) Integer> weights) {
        Money grant = new Money(BigDecimal.valueOf(cents, 2), "EUR");
        Terms it = CallFixture.terms();
        Terms terms = CallFixture.with(it, it.tranches(), shares(weights), it.rules());

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
