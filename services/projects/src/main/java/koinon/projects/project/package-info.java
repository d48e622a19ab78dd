/// Projects: the cooperation of cities, from contract to last report.
@NullMarked
package koinon.projects.project;

import org.jspecify.annotations.NullMarked;
