/// Gives each request its trace.
@NullMarked
package koinon.http.trace;

import org.jspecify.annotations.NullMarked;
