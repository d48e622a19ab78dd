/// What the API descriptions of all processes have in common.
@NullMarked
package koinon.http.openapi;

import org.jspecify.annotations.NullMarked;
