/// The gathering aggregate: a conference, forum, annual meeting or workshop, from its announcement until it was held.
@NullMarked
package koinon.cities.gathering;

import org.jspecify.annotations.NullMarked;
