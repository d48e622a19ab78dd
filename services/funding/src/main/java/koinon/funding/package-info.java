/// Funds, agreements and the ledger.
@NullMarked
package koinon.funding;

import org.jspecify.annotations.NullMarked;
