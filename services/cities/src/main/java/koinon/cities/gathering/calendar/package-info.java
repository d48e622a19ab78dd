/// Gatherings as iCalendar (RFC 5545).
@NullMarked
package koinon.cities.gathering.calendar;

import org.jspecify.annotations.NullMarked;
