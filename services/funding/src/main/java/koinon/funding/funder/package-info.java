/// The organisations that give money.
@NullMarked
package koinon.funding.funder;

import org.jspecify.annotations.NullMarked;
