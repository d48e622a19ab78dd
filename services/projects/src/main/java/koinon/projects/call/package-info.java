/// Calls for proposals: what is asked for, by which rules it is judged, who pays it in which instalments.
@NullMarked
package koinon.projects.call;

import org.jspecify.annotations.NullMarked;
