package koinon.eventing.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @Test
    void amounts_have_the_scale_of_their_currency() {
        assertThat(Money.of("85000", "EUR")).hasToString("85000.00 EUR").isEqualTo(Money.of("85000.00", "EUR"));
        assertThat(Money.of("85000", "JPY")).hasToString("85000 JPY");
    }

    @Test
    void more_decimals_than_the_currency_has_are_refused() {
        assertThatThrownBy(() -> Money.of("1.005", "EUR")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of("1.5", "JPY")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_unknown_currency_is_refused() {
        assertThatThrownBy(() -> Money.of("1", "EUX")).hasMessage("There is no currency EUX in ISO 4217.");
    }

    @Test
    void currencies_are_never_mixed() {
        assertThatThrownBy(() -> Money.of("1", "EUR").plus(Money.of("1", "USD")))
                .hasMessage("Amounts in EUR and USD are never mixed.");
    }

    @Test
    void a_part_is_rounded_down() {
        assertThat(Money.of("100.01", "EUR").times(new BigDecimal("0.5"))).isEqualTo(Money.of("50.00", "EUR"));
    }

    /// A third of 100, achieved by half: the same for each of three equal parts, and rounded down once.
    @Test
    void a_fraction_is_rounded_down_once() {
        assertThat(Money.of("100", "EUR").times(new BigDecimal("0.5"), 3)).isEqualTo(Money.of("16.66", "EUR"));
        assertThat(Money.of("100", "EUR").times(new BigDecimal("1.5"), 3)).isEqualTo(Money.of("50", "EUR"));
        assertThat(Money.of("100", "EUR").times(new BigDecimal("3"), 3)).isEqualTo(Money.of("100", "EUR"));
    }

    @Test
    void the_last_part_takes_the_rest() {
        List<BigDecimal> thirds = List.of(new BigDecimal("0.3333"), new BigDecimal("0.3333"), new BigDecimal("0.3334"));
        assertThat(Money.of("100.00", "EUR").split(thirds))
                .containsExactly(Money.of("33.33", "EUR"), Money.of("33.33", "EUR"), Money.of("33.34", "EUR"));
    }

    @Test
    void shares_that_are_not_a_whole_are_refused() {
        Money money = Money.of("1", "EUR");
        assertThatThrownBy(() -> money.split(List.of(new BigDecimal("0.9"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> money.split(List.of(new BigDecimal("-0.1"), new BigDecimal("1.1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void parts_add_up_and_none_but_the_last_exceeds_its_share(
            @ForAll("amounts") Money money, @ForAll("shares") List<BigDecimal> shares) {
        List<Money> parts = money.split(shares);

        assertThat(parts.stream().reduce(Money.zero(money.currency()), Money::plus))
                .isEqualTo(money);
        assertThat(parts).noneMatch(Money::isNegative);
        for (int i = 0; i < parts.size() - 1; i++)
            assertThat(parts.get(i).amount()).isLessThanOrEqualTo(money.amount().multiply(shares.get(i)));
    }

    @Provide
    Arbitrary<Money> amounts() {
        return Arbitraries.longs()
                .between(0, 9_999_999_999L)
                .flatMap(units -> Arbitraries.of("EUR", "JPY", "TND")
                        .map(currency -> new Money(
                                BigDecimal.valueOf(
                                        units, Money.zero(currency).amount().scale()),
                                currency)));
    }

    @Provide
    Arbitrary<List<BigDecimal>> shares() {
        return Arbitraries.integers()
                .between(0, 10_000)
                .list()
                .ofMinSize(0)
                .ofMaxSize(6)
                .map(cuts -> {
                    List<Integer> sorted = cuts.stream().sorted().toList();
                    List<BigDecimal> shares = new ArrayList<>();
                    int before = 0;
                    for (int cut : sorted) {
                        shares.add(BigDecimal.valueOf(cut - before, 4));
                        before = cut;
                    }
                    shares.add(BigDecimal.valueOf(10_000 - before, 4));
                    return shares;
                });
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 999999999999.99, 1000000000000",
        "USD, 999999999999.99, 1000000000000",
        "JPY, 99999999999999, 100000000000000",
        "KHR, 999999999999999.99, 1000000000000000",
        "VND, 9999999999999999, 10000000000000000",
        "IDR, 9999999999999999.99, 10000000000000000",
        "LAK, 9999999999999999.99, 10000000000000000"
    })
    void an_amount_is_bounded_by_what_its_currency_needs(String currency, String largest, String beyond) {
        assertThat(Money.of(largest, currency).isBeyondEntry()).isFalse();
        assertThat(Money.of(beyond, currency).isBeyondEntry()).isTrue();
        assertThat(Money.of("-" + beyond, currency).isBeyondEntry()).isTrue();
        assertThat(Money.of(beyond, currency).entryBound().text()).contains(beyond + " " + currency);
    }

    @Test
    void a_sum_of_a_million_of_the_largest_amounts_of_any_currency_is_exact_and_can_be_written() {
        for (String currency : Stream.of(Locale.getISOCountries())
                .map(it -> Currency.getInstance(Locale.of("", it)))
                .filter(Objects::nonNull)
                .map(Currency::getCurrencyCode)
                .toList()) {
            Money one = largest(currency);
            BigDecimal sum = one.amount().multiply(BigDecimal.valueOf(1_000_000));

            assertThat(new Money(sum, currency).amount().toPlainString()).matches(Money.PATTERN);
            assertThat(new Decimal128(sum).bigDecimalValue()).isEqualByComparingTo(sum);
        }
    }

    private static Money largest(String currency) {
        BigDecimal unit =
                BigDecimal.ONE.movePointLeft(Money.zero(currency).amount().scale());
        BigDecimal beyond = BigDecimal.ONE;
        while (!new Money(beyond, currency).isBeyondEntry()) beyond = beyond.movePointRight(1);
        return new Money(beyond.subtract(unit), currency);
    }

    @Test
    void people_pay_in_what_a_country_has_today() {
        assertThat(List.of("EUR", "USD", "VND", "THB", "IDR", "PHP", "MYR", "SGD", "KHR", "LAK", "MMK", "BND"))
                .allMatch(Money::isPayable);
        assertThat(List.of("XOF", "XAF", "XCD", "NGN", "KES", "ZAR", "GHS", "MRU", "STN", "SLE", "JPY", "KWD"))
                .allMatch(Money::isPayable);
        assertThat(List.of("XXX", "XTS", "XAU", "XDR", "CHE", "CLF", "DEM", "FRF", "HRK", "EUX", "eur", ""))
                .noneMatch(Money::isPayable);
    }
}
