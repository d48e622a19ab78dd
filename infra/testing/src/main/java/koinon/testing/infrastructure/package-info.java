/// The broker, the database and the connections that tests of a running application work with.
@NullMarked
package koinon.testing.infrastructure;

import org.jspecify.annotations.NullMarked;
