/// Constraints on requests beside those of Jakarta Validation; the API description is made from them.
@NullMarked
package koinon.http.constraint;

import org.jspecify.annotations.NullMarked;
