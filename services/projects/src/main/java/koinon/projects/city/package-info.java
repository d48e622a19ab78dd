/// Replicas of cities, kept from the events of the cities service.
@NullMarked
package koinon.projects.city;

import org.jspecify.annotations.NullMarked;
