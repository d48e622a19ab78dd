/// Texts that people wrote, and how readers stop showing one of them.
@NullMarked
package koinon.eventing.redaction;

import org.jspecify.annotations.NullMarked;
