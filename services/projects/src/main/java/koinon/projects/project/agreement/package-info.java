/// What a project knows about its funding agreements.
@NullMarked
package koinon.projects.project.agreement;

import org.jspecify.annotations.NullMarked;
