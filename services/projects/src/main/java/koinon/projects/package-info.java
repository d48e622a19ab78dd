/// Calls, proposals and projects.
@NullMarked
package koinon.projects;

import org.jspecify.annotations.NullMarked;
