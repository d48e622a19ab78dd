/// What the envelopes of events say about the state of an aggregate. No code of the gateway knows the name of a state.
@NullMarked
package koinon.gateway.lifecycle;

import org.jspecify.annotations.NullMarked;
