/// Replicas of groups of cities, kept from the events of the cities service.
@NullMarked
package koinon.projects.group;

import org.jspecify.annotations.NullMarked;
