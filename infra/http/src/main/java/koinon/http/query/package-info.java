/// The query parameters of operations.
@NullMarked
package koinon.http.query;

import org.jspecify.annotations.NullMarked;
