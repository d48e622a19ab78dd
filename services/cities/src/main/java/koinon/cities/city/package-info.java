/// Cities: how they come into the network, work in it and leave it.
@NullMarked
package koinon.cities.city;

import org.jspecify.annotations.NullMarked;
