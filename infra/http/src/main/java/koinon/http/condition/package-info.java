/// The conditions of a request about entity tags.
@NullMarked
package koinon.http.condition;

import org.jspecify.annotations.NullMarked;
