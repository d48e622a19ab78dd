/// The organisations that fund cooperation.
@NullMarked
package koinon.funding.funder;

import org.jspecify.annotations.NullMarked;
