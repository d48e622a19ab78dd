/// One aggregate, one document, one atomic write: the only writer of aggregates and of what is known of others.
@NullMarked
package koinon.platform.document;

import org.jspecify.annotations.NullMarked;
