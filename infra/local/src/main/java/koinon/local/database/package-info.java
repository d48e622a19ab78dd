/// The document database of one machine: a named server, a `mongod` on the path, or the embedded stand-in.
///
/// The stand-in is mongo-java-server on an H2 file, with three of its edges mended: a filter with more than `_id`
/// uses the index, what was acknowledged survives `kill -9`, and a reader never sees half of an update.
@NullMarked
package koinon.local.database;

import org.jspecify.annotations.NullMarked;
