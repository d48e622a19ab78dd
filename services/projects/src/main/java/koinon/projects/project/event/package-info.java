/// The events of a project.
@NullMarked
package koinon.projects.project.event;

import org.jspecify.annotations.NullMarked;
