/// The submissions of proposals, each as it was submitted.
@NullMarked
package koinon.projects.submission;

import org.jspecify.annotations.NullMarked;
