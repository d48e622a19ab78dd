/// What a gathering is about: its arrangements, sessions, site visits and documents.
@NullMarked
package koinon.cities.gathering.programme;

import org.jspecify.annotations.NullMarked;
