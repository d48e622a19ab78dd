/// Groups of cities: associations of countries, sub-networks of cities.
@NullMarked
package koinon.cities.group;

import org.jspecify.annotations.NullMarked;
