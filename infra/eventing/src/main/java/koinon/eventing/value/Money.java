package koinon.eventing.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An exact amount in one currency. Amounts of different currencies are never added.
///
/// @param amount decimal, at the scale of the currency's smallest unit
/// @param currency ISO 4217 code
public record Money(BigDecimal amount, String currency) implements Comparable<Money> {

    /// How an amount is written: up to 30 digits and up to 4 decimals, which a database's decimal of 34 digits
    /// keeps. No sum comes near it: it takes 10^13 amounts of the largest that can be entered.
    public static final String PATTERN = "-?[0-9]{1,30}([.][0-9]{1,4})?";

    private static final int MOST_DECIMALS = 4;

    /// What a person enters has at most so many digits before the decimal point, in a currency worth about a
    /// dollar.
    private static final int ENTRY_DIGITS = 12;

    /// How many digits more a currency needs: the order of magnitude of its units to one US dollar, where that is a
    /// hundred or more. Set by hand as of 2025, not from a table of rates: only the power of ten matters.
    private static final Map<String, Integer> MORE_DIGITS = moreDigits();

    /// The currencies that countries have today.
    private static final Set<String> PAYABLE = Stream.of(Locale.getISOCountries())
            .map(it -> Currency.getInstance(Locale.of("", it)))
            .filter(Objects::nonNull)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    /// @throws IllegalArgumentException on an unknown currency or more decimals than it has
    public Money {
        try {
            amount = amount.setScale(digits(currency), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException(
                    amount.toPlainString() + " has more decimals than " + currency + " has.");
        }
    }

    /// Whether people pay in this currency: some country has it today. ISO 4217 also lists metals, units of
    /// account, codes for tests and for none, and what was replaced.
    public static boolean isPayable(String currency) {
        return PAYABLE.contains(currency);
    }

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /// An amount at the scale of the currency's smallest unit.
    public static Money rounded(BigDecimal amount, String currency, RoundingMode rounding) {
        return new Money(amount.setScale(digits(currency), rounding), currency);
    }

    /// The smallest unit of a currency, such as 0.01 EUR.
    public static Money unit(String currency) {
        return new Money(BigDecimal.ONE.movePointLeft(digits(currency)), currency);
    }

    public Money plus(Money other) {
        return new Money(amount.add(same(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(same(other).amount), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    /// This times a factor, rounded down to the currency's smallest unit.
    public Money times(BigDecimal factor) {
        return rounded(amount.multiply(factor), currency, RoundingMode.DOWN);
    }

    /// This times a fraction, rounded down once to the currency's smallest unit.
    ///
    /// @param numerator of the fraction
    /// @param denominator of the fraction, positive
    public Money times(BigDecimal numerator, long denominator) {
        return new Money(
                amount.multiply(numerator).divide(BigDecimal.valueOf(denominator), digits(currency), RoundingMode.DOWN),
                currency);
    }

    /// This in parts by their shares, each rounded down; the last takes the rest, so the parts add up to this.
    ///
    /// @param shares of one, not negative; they add up to one
    public List<Money> split(List<BigDecimal> shares) {
        if (shares.isEmpty()
                || shares.stream().anyMatch(it -> it.signum() < 0)
                || shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(BigDecimal.ONE) != 0)
            throw new IllegalArgumentException("Shares must not be negative and add up to 1: " + shares);
        List<Money> parts = new ArrayList<>();
        Money rest = this;
        for (BigDecimal share : shares.subList(0, shares.size() - 1)) {
            parts.add(times(share));
            rest = rest.minus(parts.getLast());
        }
        parts.add(rest);
        return List.copyOf(parts);
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    /// Whether it is too large for a person to have entered it: worth a trillion dollars or more.
    public boolean isBeyondEntry() {
        return amount.abs().compareTo(beyondEntry(currency)) >= 0;
    }

    /// The bound of [#isBeyondEntry] as a sentence.
    public Sentence entryBound() {
        return Sentence.of(
                "validation.amount-bound",
                "An amount of less than %s %s is expected.",
                "below",
                beyondEntry(currency).toPlainString(),
                "currency",
                currency);
    }

    /// The currencies that people pay in, by their codes in order.
    public static List<String> payable() {
        return PAYABLE.stream().sorted().toList();
    }

    /// How an amount is written that a person may enter in a currency: as many digits as the bound allows, and
    /// zeros after the last decimal of the currency.
    public static String entryPattern(String currency) {
        int decimals = digits(currency);
        return "[0-9]{1,%d}([.]%s0{0,%d})?"
                .formatted(
                        ENTRY_DIGITS + MORE_DIGITS.getOrDefault(currency, 0),
                        decimals == 0 ? "0" : "[0-9]{1,%d}".formatted(decimals),
                        MOST_DECIMALS - Math.max(1, decimals));
    }

    private static BigDecimal beyondEntry(String currency) {
        return BigDecimal.TEN.pow(ENTRY_DIGITS + MORE_DIGITS.getOrDefault(currency, 0));
    }

    private static Map<String, Integer> moreDigits() {
        Map<Integer, String> currencies = Map.of(
                2,
                "AMD AOA BDT CLP CRC DJF DZD ETB GYD HTG HUF ISK JMD JPY KES KMF KZT LKR LRD NPR PKR RSD SDG SOS VES VUV"
                        + " XAF XOF XPF YER",
                3,
                "ARS BIF CDF COP GNF IQD KHR KRW MGA MMK MNT MWK NGN PYG RWF SSP TZS UGX",
                4,
                "IDR LAK LBP SYP UZS VND",
                5,
                "IRR");
        Map<String, Integer> digits = new HashMap<>();
        currencies.forEach((more, codes) -> {
            for (String code : codes.split(" ", -1)) digits.put(code, more);
        });
        return Map.copyOf(digits);
    }

    public boolean exceeds(Money other) {
        return compareTo(other) > 0;
    }

    public Money min(Money other) {
        return exceeds(other) ? other : this;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(same(other).amount);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency))
            throw new IllegalArgumentException(
                    "Amounts in " + currency + " and " + other.currency + " are never mixed.");
        return other;
    }

    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("There is no currency " + currency + " in ISO 4217.");
        }
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
