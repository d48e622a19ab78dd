/// What a proposal came from: ideas and gatherings, known from the events of the cities service.
@NullMarked
package koinon.projects.origin;

import org.jspecify.annotations.NullMarked;
