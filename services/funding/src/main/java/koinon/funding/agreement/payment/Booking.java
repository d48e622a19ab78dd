package koinon.funding.agreement.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import koinon.eventing.rule.RuleViolation;
import koinon.eventing.rule.ValidationFailed;
import koinon.eventing.value.Money;
import org.jspecify.annotations.Nullable;

/// The bank's booking of a payment.
///
/// @param reference reference of the booking
/// @param bookedOn day of the booking
/// @param arrived amount that the beneficiary received
/// @param fee bank charges: the ordered amount without the received one; absent when all of it arrived
public record Booking(
        String reference,
        LocalDate bookedOn,
        Money arrived,
        @Nullable Money fee) {

    /// The bank's zone is unknown, so a day is in the future only if it has not begun in the easternmost zone.
    private static final ZoneOffset FIRST_TO_BEGIN_A_DAY = ZoneOffset.ofHours(14);

    /// Rejects a booking that does not match the payment order.
    ///
    /// @param ordered amount of the payment order
    /// @throws ValidationFailed when the day is in the future, the currency differs, or nothing arrived
    /// @throws RuleViolation `amount-differs` when the received amount and the fee do not add up to the ordered
    /// amount
    public void mustAnswer(Money ordered, Instant now) {
        if (bookedOn.isAfter(LocalDate.ofInstant(now, FIRST_TO_BEGIN_A_DAY)))
            throw new ValidationFailed("/bookedOn", "payment.booked-in-future", "A booking lies not in the future.");
        mustBeIn(ordered.currency(), arrived, "/amount");
        if (fee != null) mustBeIn(ordered.currency(), fee, "/fee");
        Money accounted = fee == null ? arrived : arrived.plus(fee);
        if (accounted.exceeds(ordered))
            throw new RuleViolation(
                    "amount-differs.more",
                    "%s were ordered, and %s are accounted for. Record what was ordered, and let the bank return the rest.",
                    "ordered",
                    ordered,
                    "accounted",
                    accounted);
        if (ordered.exceeds(accounted))
            throw new RuleViolation(
                    "amount-differs.less",
                    "%s were ordered, and %s are accounted for. Name %s as the fee, or record the payment as failed.",
                    "ordered",
                    ordered,
                    "accounted",
                    accounted,
                    "fee",
                    ordered.minus(arrived));
    }

    private static void mustBeIn(String currency, Money amount, String pointer) {
        if (!amount.currency().equals(currency))
            throw new ValidationFailed(
                    pointer + "/currency", "payment.currency", "The payment was ordered in %s.", "currency", currency);
        if (!amount.isPositive())
            throw new ValidationFailed(
                    pointer,
                    "payment.nothing-arrived",
                    "It is more than nothing; where nothing arrived, record the payment as failed.");
    }
}
