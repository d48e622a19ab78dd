/// The city aggregate: registration, designation, and departure from the network.
@NullMarked
package koinon.cities.city;

import org.jspecify.annotations.NullMarked;
