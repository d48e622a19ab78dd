/// The ledger: the double entries of money events, and their balances.
@NullMarked
package koinon.funding.ledger;

import org.jspecify.annotations.NullMarked;
