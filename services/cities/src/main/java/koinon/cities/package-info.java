/// Cities of the network.
@NullMarked
package koinon.cities;

import org.jspecify.annotations.NullMarked;
