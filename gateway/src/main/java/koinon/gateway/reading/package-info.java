/// Reads every topic from its beginning and tells each fold, in order, what happened.
@NullMarked
package koinon.gateway.reading;

import org.jspecify.annotations.NullMarked;
