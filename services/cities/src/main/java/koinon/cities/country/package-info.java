/// The countries of the world and UNESCO's regions.
@NullMarked
package koinon.cities.country;

import org.jspecify.annotations.NullMarked;
