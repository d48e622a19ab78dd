/// The idea aggregate: what a city would do together with others, raised in a gathering.
@NullMarked
package koinon.cities.idea;

import org.jspecify.annotations.NullMarked;
