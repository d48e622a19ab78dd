/// The service of the network's cities.
@NullMarked
package koinon.cities;

import org.jspecify.annotations.NullMarked;
