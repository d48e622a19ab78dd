/// Funders, funds, agreements, tranches and the ledger: who pays what to whom, and why.
@NullMarked
package koinon.funding;

import org.jspecify.annotations.NullMarked;
