/// How a payment is known outside: the order to the bank, and what the bank booked.
@NullMarked
package koinon.funding.agreement.payment;

import org.jspecify.annotations.NullMarked;
