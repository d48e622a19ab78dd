/// Problem details (RFC 9457).
@NullMarked
package koinon.http.problem;

import org.jspecify.annotations.NullMarked;
