/// The document database of one machine: a named server, a `mongod` on the path, or the embedded database.
///
/// The embedded database is mongo-java-server on an H2 file with three corrections: a filter with more than `_id`
/// uses the index, acknowledged writes survive `kill -9`, and a reader never sees half of an update.
@NullMarked
package koinon.local.database;

import org.jspecify.annotations.NullMarked;
