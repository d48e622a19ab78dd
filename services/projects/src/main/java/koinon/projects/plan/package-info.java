/// The plan of a cooperation and the values that a proposal passes to its project: values without state.
@NullMarked
package koinon.projects.plan;

import org.jspecify.annotations.NullMarked;
