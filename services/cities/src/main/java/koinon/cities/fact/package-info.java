/// What facts of cities, groups and gatherings are made of: names with their language, and sources.
@NullMarked
package koinon.cities.fact;

import org.jspecify.annotations.NullMarked;
