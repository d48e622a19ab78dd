/// Replicas of cities.
@NullMarked
package koinon.funding.city;

import org.jspecify.annotations.NullMarked;
