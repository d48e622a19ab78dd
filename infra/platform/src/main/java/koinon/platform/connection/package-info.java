/// Bounds on connections: how many one client may hold, how long a request head may take, what is not read on.
@NullMarked
package koinon.platform.connection;

import org.jspecify.annotations.NullMarked;
