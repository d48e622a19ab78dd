/// The plan of a cooperation, and the values that a proposal hands to the project it becomes: values only, no states.
@NullMarked
package koinon.projects.plan;

import org.jspecify.annotations.NullMarked;
