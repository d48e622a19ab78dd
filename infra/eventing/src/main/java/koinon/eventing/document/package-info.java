/// One aggregate, one document, one atomic write: the only writer of aggregates and of replicas of others.
@NullMarked
package koinon.eventing.document;

import org.jspecify.annotations.NullMarked;
