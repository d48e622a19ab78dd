/// What was submitted, each time, as it was then.
@NullMarked
package koinon.projects.submission;

import org.jspecify.annotations.NullMarked;
