/// Projects as lists, tables, sums and a map: each caller gets what the contracts show to that caller.
@NullMarked
package koinon.gateway.list;

import org.jspecify.annotations.NullMarked;
