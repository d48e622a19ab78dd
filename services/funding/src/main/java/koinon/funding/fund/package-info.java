/// Funds: the envelope, the set-asides per call, and the amounts held for agreements.
@NullMarked
package koinon.funding.fund;

import org.jspecify.annotations.NullMarked;
