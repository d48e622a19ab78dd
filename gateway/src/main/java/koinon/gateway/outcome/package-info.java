/// What came of gatherings and ideas: the trace to projects and money, and back.
@NullMarked
package koinon.gateway.outcome;

import org.jspecify.annotations.NullMarked;
