/// A funder's envelope, what it set aside per call, and what it holds for agreements.
@NullMarked
package koinon.funding.fund;

import org.jspecify.annotations.NullMarked;
