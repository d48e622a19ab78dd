/// The agreement between a fund and a project's beneficiary, and the tranches in which it pays.
@NullMarked
package koinon.funding.agreement;

import org.jspecify.annotations.NullMarked;
