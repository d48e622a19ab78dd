/// Media types, query strings and bodies, checked before anything acts on them.
@NullMarked
package koinon.http.body;

import org.jspecify.annotations.NullMarked;
