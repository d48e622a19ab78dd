/// Who sends a request.
@NullMarked
package koinon.http.actor;

import org.jspecify.annotations.NullMarked;
