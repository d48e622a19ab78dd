/// Bounds on connections: how many one client may hold, how long a request head may take, which bodies are not
/// read.
@NullMarked
package koinon.http.connection;

import org.jspecify.annotations.NullMarked;
