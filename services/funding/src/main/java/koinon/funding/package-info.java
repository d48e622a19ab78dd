/// Funders, funds, agreements with their tranches, and the ledger.
@NullMarked
package koinon.funding;

import org.jspecify.annotations.NullMarked;
