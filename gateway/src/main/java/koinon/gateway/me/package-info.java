/// Who is asking, and with which sessions.
@NullMarked
package koinon.gateway.me;

import org.jspecify.annotations.NullMarked;
