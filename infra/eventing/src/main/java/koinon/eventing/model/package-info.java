/// What every domain is made of: aggregates and their events.
@NullMarked
package koinon.eventing.model;

import org.jspecify.annotations.NullMarked;
