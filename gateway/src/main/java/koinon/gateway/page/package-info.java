/// Serves the web application: one page for all addresses, its files, and the policy that the browser enforces.
@NullMarked
package koinon.gateway.page;

import org.jspecify.annotations.NullMarked;
