/// Who comes to a gathering: delegations of cities, and attendance as it was reported.
@NullMarked
package koinon.cities.gathering.attendance;

import org.jspecify.annotations.NullMarked;
