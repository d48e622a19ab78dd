/// Who is calling: every request carries a token, and every process checks it by itself.
@NullMarked
package koinon.http.security;

import org.jspecify.annotations.NullMarked;
