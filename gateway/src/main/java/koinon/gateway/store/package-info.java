/// The read model in the database: stored with a delay, loaded at the start, rebuilt beside the current one.
@NullMarked
package koinon.gateway.store;

import org.jspecify.annotations.NullMarked;
