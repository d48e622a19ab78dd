/// The double entries that money events carry, listed as they were posted.
@NullMarked
package koinon.funding.ledger;

import org.jspecify.annotations.NullMarked;
