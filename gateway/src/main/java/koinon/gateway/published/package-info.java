/// What services say that they have published: the independent count by which the gateway knows whether it has
/// everything, and the states that it compares its own with.
@NullMarked
package koinon.gateway.published;

import org.jspecify.annotations.NullMarked;
