/// The order of texts that people read.
@NullMarked
package koinon.gateway.collation;

import org.jspecify.annotations.NullMarked;
