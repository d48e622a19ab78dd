/// The picture in the database: stored behind, loaded at a start, built anew beside the one that serves.
@NullMarked
package koinon.gateway.store;

import org.jspecify.annotations.NullMarked;
