/// The days and times of a gathering in the zone of its place.
@NullMarked
package koinon.cities.gathering.time;

import org.jspecify.annotations.NullMarked;
