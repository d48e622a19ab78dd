/// Cities working together on one thing, from their contract to its last report.
@NullMarked
package koinon.projects.project;

import org.jspecify.annotations.NullMarked;
