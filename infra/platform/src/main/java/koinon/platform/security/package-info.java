/// Who is calling: every request carries a token, and every process checks it by itself.
@NullMarked
package koinon.platform.security;

import org.jspecify.annotations.NullMarked;
