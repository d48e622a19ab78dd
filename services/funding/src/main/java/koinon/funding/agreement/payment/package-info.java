/// What an agreement pays: its tranches from the call's scheme to the bank's answer.
@NullMarked
package koinon.funding.agreement.payment;

import org.jspecify.annotations.NullMarked;
