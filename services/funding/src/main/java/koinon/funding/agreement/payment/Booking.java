package koinon.funding.agreement.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import koinon.platform.model.Invalid;
import koinon.platform.model.Money;
import koinon.platform.model.RuleBroken;
import org.jspecify.annotations.Nullable;

/// What the bank booked for a payment.
///
/// @param reference of the bank's booking
/// @param bookedOn the day of the booking
/// @param arrived what the beneficiary received
/// @param fee what was ordered and did not arrive, because banks kept it; absent where all arrived
public record Booking(
        String reference,
        LocalDate bookedOn,
        Money arrived,
        @Nullable Money fee) {

    /// A day that has not begun anywhere on earth lies in the future: the bank's zone is not known here.
    private static final ZoneOffset FIRST_TO_BEGIN_A_DAY = ZoneOffset.ofHours(14);

    /// Refuses what cannot be the booking of this order.
    ///
    /// @param ordered what the bank was told to pay
    /// @throws Invalid on a day in the future, another currency, or nothing that arrived
    /// @throws RuleBroken `amount-differs` when what arrived and the fee are not what was ordered
    public void mustAnswer(Money ordered, Instant now) {
        if (bookedOn.isAfter(LocalDate.ofInstant(now, FIRST_TO_BEGIN_A_DAY)))
            throw new Invalid("/bookedOn", "A booking lies not in the future.");
        mustBeIn(ordered.currency(), arrived, "/amount");
        if (fee != null) mustBeIn(ordered.currency(), fee, "/fee");
        Money accounted = fee == null ? arrived : arrived.plus(fee);
        if (accounted.compareTo(ordered) != 0)
            throw new RuleBroken(
                    "amount-differs",
                    ordered + " were ordered, and " + accounted + " are accounted for. "
                            + (accounted.exceeds(ordered)
                                    ? "Record what was ordered, and let the bank return the rest."
                                    : "Name " + ordered.minus(arrived)
                                            + " as the fee, or record the payment as failed."));
    }

    private static void mustBeIn(String currency, Money amount, String pointer) {
        if (!amount.currency().equals(currency))
            throw new Invalid(pointer + "/currency", "The payment was ordered in " + currency + ".");
        if (!amount.isPositive())
            throw new Invalid(pointer, "It is more than nothing; where nothing arrived, record the payment as failed.");
    }
}
