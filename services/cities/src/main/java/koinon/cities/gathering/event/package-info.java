/// The events of a gathering.
@NullMarked
package koinon.cities.gathering.event;

import org.jspecify.annotations.NullMarked;
