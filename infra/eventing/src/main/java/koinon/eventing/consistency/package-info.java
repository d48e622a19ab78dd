/// Proves that what is stored is what was published: every aggregate is replayed from its topic and compared.
@NullMarked
package koinon.eventing.consistency;

import org.jspecify.annotations.NullMarked;
